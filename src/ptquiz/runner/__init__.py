"""Run snippets live: a warm torch process that forks a child per program. The worker is the only importer of torch."""
