"""The warm torch process: standard library and torch only, so that it runs in any interpreter that has torch.

It is started by the path of its `__main__.py` and knows itself as the package `ptquiz_worker`; it must never import
ptquiz or anything else that only the interpreter of the user interface has.
"""
