"""The statistics page, the checks of backups and the end of a day in Chinese."""

from __future__ import annotations

PAGE = {
    "ptquiz: what you have learned": "ptquiz：学习统计",
    "as of {day}; everything here is on this page, nothing is loaded": "截至 {day}；内容全在本页，不加载任何东西",
    "as a table": "看表格",
    "the page is written: {file}": "页面已写入：{file}",
    "in all": "总计",
    "what": "项目",
    "how many": "数值",
    "of these, practice only": "其中只练习、不动日程",
    "reviews today": "今天复习",
    "days with a review": "复习过的天数",
    "days in a row": "连续天数",
    "known questions asked in {n} days": "{n} 天内考过的学过题目",
    "of these, recalled": "其中记得",
    "target": "目标",
    "questions with a history in no deck now": "有历史、但已不在任何题库的题目",
    "readiness today": "今天的准备度",
    "readiness on {day}": "{day} 的准备度",
    "the mean predicted recall, what was never seen counting as 0": "预测记忆率的平均值，没见过的题按 0 计",
    "never seen": "没见过",
    "where the questions stand": "题目的状态",
    "recall in {n} days against the target": "{n} 天内的记忆率与目标",
    "the line is the target, {share}; week 0 ends today": "竖线是目标 {share}；第 0 周到今天为止",
    "asked": "考过",
    "recalled": "记得",
    "week {n}": "第 {n} 周",
    "reviews a day, {weeks} weeks": "每天的复习，{weeks} 周",
    "day": "日期",
    "due in the next {n} days, new questions not counted": "今后 {n} 天到期，不含新题",
    "the first day is today and holds what is late": "第一天是今天，含已经迟了的",
    "later": "以后",
    "predicted against actual recall": "预测与实际的记忆率",
    "off by {share} on average; on the dashed line predictions are right, and larger dots are more reviews": (
        "平均相差 {share}；落在虚线上就是预测准确，点越大复习越多"
    ),
    "predictions from": "预测从",
    "to": "到",
    "predicted": "预测",
    "actual": "实际",
    "seconds": "秒",
    "times": "次数",
    "last on": "最近一次",
    "leeches": "难缠的题",
    "forgotten again and again; another explanation helps more than another repetition": (
        "反复忘记；换一种讲解比再重复一次更有用"
    ),
    "lapses": "遗忘次数",
    "Done for today. {n} question waits until tomorrow: the limit is reached, or it follows from what you did.": (
        "今天的份做完了。还有 {n} 道题等到明天：达到上限，或与今天做过的题相关。"
    ),
    "Done for today. {n} questions wait until tomorrow: the limit is reached, or they follow from what you did.": (
        "今天的份做完了。还有 {n} 道题等到明天：达到上限，或与今天做过的题相关。"
    ),
    "Nothing becomes due within {n} day.": "{n} 天内没有到期的题。",
    "Nothing becomes due within {n} days.": "{n} 天内没有到期的题。",
    "Nothing was learned yet, so nothing is weak.": "还没有学过题，也就没有薄弱的题。",
    "Nothing was missed on the last day of practice.": "上一个练习日没有答错的题。",
    "practise what you would most likely miss": "练习最可能答错的题",
    "Every question about {misconception} is suspended or buried.": "关于 {misconception} 的题都已暂停，或搁置到明天。",
    "Every question is suspended or buried.": "所有题都已暂停，或搁置到明天。",
    "list what is suspended": "列出暂停的题",
    "raise the limit of today": "提高今天的上限",
    "practise what is due within three days": "练习三天内到期的题",
    "the backup {backup} is damaged or was written by a newer ptquiz": "备份 {backup} 已损坏，或由更新的 ptquiz 写成",
    "{n} backup, each opens and is whole": "{n} 份备份，都能打开且完整",
    "{n} backups, each opens and is whole": "{n} 份备份，都能打开且完整",
    "back to it: {command}": "回到它：{command}",
    "the other backups: ptquiz state check lists them, ptquiz state restore FILE": (
        "其他备份：ptquiz state check 会列出，用 ptquiz state restore FILE 恢复"
    ),
    "there is no backup yet: ptquiz state backup": "还没有备份：ptquiz state backup",
    "delete it, and make a new one with: ptquiz state backup": "请删掉它，再做一份新的：ptquiz state backup",
    "delete them, and make a new one with: ptquiz state backup": "请把它们删掉，再做一份新的：ptquiz state backup",
}
