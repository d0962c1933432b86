"""What can go wrong with the review log and with torch, in Chinese: what, where, and what to type next."""

from __future__ import annotations

FAILURES = {
    # The review log.
    "the review log {file} cannot be opened: {reason}": "打不开复习日志 {file}：{reason}",
    "the review log {file} cannot be opened or written": "打不开或写不了复习日志 {file}",
    "the review log {file} cannot be written: the disk is full": "写不了复习日志 {file}：磁盘已满",
    "what was rated before is safe": "之前的评分都安全",
    "free some space and try again: df -h {folder}": "腾出空间再试：df -h {folder}",
    "the review log {file} is read-only": "复习日志 {file} 是只读的",
    "the review log {file} cannot be read or written: {reason}": "读写不了复习日志 {file}：{reason}",
    "see whether its disk is there and has space: df -h {folder}": "看看磁盘在不在、有没有空间：df -h {folder}",
    "see who may write there: ls -ld {folder} {file}": "看看谁可以写：ls -ld {folder} {file}",
    "the review log is busy: another ptquiz is writing": "复习日志正忙：另一个 ptquiz 在写",
    "wait until the other one is done, or leave it with q; then try again": "等另一个结束，或在那边按 q 退出，再试一次",
    "the review log {file} is damaged": "复习日志 {file} 已损坏",
    "{file} is not a review log of ptquiz": "{file} 不是 ptquiz 的复习日志",
    "the file was not touched": "文件没有动过",
    "the newest good backup is {backup}": "最新的完好备份是 {backup}",
    "to go back to it: {command} {backup}": "恢复到它：{command} {backup}",
    "there is no good backup in {folder}": "{folder} 里没有完好的备份",
    "to begin a new log and keep this file: mv {file} {old}": "另起新日志并保留这个文件：mv {file} {old}",
    "the review log {file} is a folder": "复习日志 {file} 是个文件夹",
    "move it away, and a new log is begun: mv {file} {old}": "移走它就会另起新日志：mv {file} {old}",
    "the review log {file} was written by a newer ptquiz: it has schema {schema}, this one knows {known}": (
        "复习日志 {file} 是更新版本的 ptquiz 写的：它的格式是 {schema}，这个版本只认识到 {known}"
    ),
    "upgrade: pip install --upgrade ptquiz": "请升级：pip install --upgrade ptquiz",
    "the review log {file} was replaced while ptquiz was writing": "ptquiz 写入时，复习日志 {file} 被换掉了",
    "nothing was written": "什么都没有写",
    "try again": "请再试一次",
    "the backup {backup} is damaged or is no backup": "备份 {backup} 已损坏，或者不是备份",
    "see what there is: ls {folder}": "看看有哪些：ls {folder}",
    "there is no backup {file}": "没有备份 {file}",
    "there is no backup in {folder}": "{folder} 里没有备份",
    "there is no review log {file}": "没有复习日志 {file}",
    "{file} is damaged or is no review log": "{file} 已损坏，或者不是复习日志",
    "the backup {backup} was written by a newer ptquiz: it has schema {schema}, this one knows {known}": (
        "备份 {backup} 是更新版本的 ptquiz 写的：它的格式是 {schema}，这个版本只认识到 {known}"
    ),
    "nothing was restored": "什么都没有恢复",
    "nothing was merged": "什么都没有合并",
    "{file} is no exported review log": "{file} 不是导出的复习日志",
    "its first line should name the schema: ptquiz state export": "第一行应当写明格式：ptquiz state export",
    "{file} was exported by a newer ptquiz: it has schema {schema}, this one knows {known}": (
        "{file} 是更新版本的 ptquiz 导出的：它的格式是 {schema}，这个版本只认识到 {known}"
    ),
    "{file} has {n} entries and says it has {of}: it was cut off or joined": (
        "{file} 有 {n} 条记录，却写着有 {of} 条：它被截断或拼接过"
    ),
    "{file}:{number}: {reason}": "{file}:{number}：{reason}",
    "nothing was imported": "什么都没有导入",
    "{file} cannot be read: {reason}": "读不了 {file}：{reason}",
    "the review log already has an entry {entry}": "复习日志里已有记录 {entry}",
    "the logs disagree on the entry {entry}": "两份日志里的记录 {entry} 不一致",
    # torch.
    "the runner is closed": "运行器已关闭",
    "torch is not installed, so answers cannot be run": "没有安装 torch，所以不能运行答案",
    "torch cannot be imported, so answers cannot be run": "torch 导入失败，所以不能运行答案",
    "torch was not imported within {seconds:.0f} seconds, so answers cannot be run": (
        "{seconds:.0f} 秒内没有导入 torch，所以不能运行答案"
    ),
    "importing torch crashed ({signal}), so answers cannot be run": "导入 torch 时崩溃（{signal}），所以不能运行答案",
    "{python} is not a Python interpreter, so answers cannot be run": "{python} 不是 Python 解释器，所以不能运行答案",
    "{python} cannot be started ({reason}), so answers cannot be run": (
        "启动不了 {python}（{reason}），所以不能运行答案"
    ),
    "{python} does not start as a Python interpreter, so answers cannot be run": (
        "{python} 不能作为 Python 解释器启动，所以不能运行答案"
    ),
    "it ended with exit status {status}": "它以退出状态 {status} 结束",
    "ptquiz --python PATH uses the torch of another environment": "ptquiz --python PATH 使用另一个环境的 torch",
    "no temporary folder can be made ({reason}), so answers cannot be run": (
        "建不了临时文件夹（{reason}），所以不能运行答案"
    ),
    "TMPDIR=FOLDER ptquiz ... uses another folder for temporary files": (
        "TMPDIR=FOLDER ptquiz ... 换一个放临时文件的文件夹"
    ),
}
