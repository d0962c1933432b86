"""Reports in Chinese: what is due, statistics, plans, the memory model, checks."""

from __future__ import annotations

REPORTS = {
    # Days.
    "today": "今天",
    "{day:02} {month}": "{month}{day}日",
    "{day:02} {month} {year}": "{year}年{month}{day}日",
    "{weekday} {day:02} {month}": "{month}{day}日 {weekday}",
    "{weekday} {day:02} {month} {year}": "{year}年{month}{day}日 {weekday}",
    # Counts and ranges.
    ", ": "，",
    "{n} day": "{n} 天",
    "{n} days": "{n} 天",
    "{n} review": "{n} 次复习",
    "{n} reviews": "{n} 次复习",
    "{n} time": "{n} 次",
    "{n} times": "{n} 次",
    "{n} lapse": "忘记 {n} 次",
    "{n} lapses": "忘记 {n} 次",
    "{n} of {of}": "{n} / {of}",
    "{low} to {high}": "{low} 到 {high}",
    # What is due.
    "{n} question due: ptquiz practice": "{n} 题到期：ptquiz practice",
    "{n} questions due: ptquiz practice": "{n} 题到期：ptquiz practice",
    "question": "题目",
    "questions": "题数",
    "topic": "主题",
    "recall": "记得率",
    # Statistics.
    "none yet": "暂无",
    "{share} (target {target})": "{share}（目标 {target}）",
    "{reviews} on {days}": "{days}共 {reviews}",
    "{n} today": "今天 {n} 次",
    "streak {days}": "连续 {days}",
    "recall in {n} days {share}": "{n} 天记得率：{share}",
    "young": "未熟",
    "mature": "已熟",
    "suspended": "暂停",
    "readiness today: the mean predicted recall, what was never seen counting as 0": (
        "今天的准备度：预测记得率的平均值，没见过的题算 0"
    ),
    "readiness on {day}: the mean predicted recall, what was never seen counting as 0": (
        "{day}的准备度：预测记得率的平均值，没见过的题算 0"
    ),
    "ready": "准备度",
    "evidence": "依据",
    "recalled, 30 days": "30 天内记得",
    "7 weeks": "近 7 周",
    "{questions}, {n} never seen": "{questions}，{n} 题没见过",
    "reviews a day, {n} weeks, one column a week; {most} on the busiest day": (
        "{n} 周里每天的复习次数，一列一周；最忙的一天 {most} 次"
    ),
    "blank": "空白",
    "due in the next 14 days, new questions not counted": "今后 14 天到期的题，不算新题",
    "from {day} on, {n} more": "{day}起还有 {n} 题",
    "predicted against actual recall, {reviews}, off by {share}": "预测与实际的记得率，{reviews}，相差 {share}",
    "predicted {share}": "预测 {share}",
    "actual {share}": "实际 {share}",
    "time for an answer, the median of each kind": "作答用时，各题型的中位数",
    "{seconds} s, {answers}": "{seconds} 秒，{answers}",
    "misconceptions shown": "暴露过的误解",
    "name": "名称",
    "shown": "出现",
    "in": "涉及",
    "last on {day}": "最近 {day}",
    "ptquiz practice --misconception NAME asks about one": "ptquiz practice --misconception NAME 专练其中一个",
    "leeches: forgotten again and again; another explanation helps more than another repetition": (
        "顽固题：一忘再忘；换一种讲解比再重复一遍更有用"
    ),
    "{questions} with a history in no deck now: ptquiz state archived": (
        "{questions}有历史，但已不在任何题库里：ptquiz state archived"
    ),
    # Plans.
    "interview on {day}": "{day}面试",
    "{n} day left": "还剩 {n} 天",
    "{n} days left": "还剩 {n} 天",
    "{n} minutes a day": "每天 {n} 分钟",
    "{questions}, {n} seen before": "{questions}，见过 {n} 题",
    "readiness on the day: {planned} as planned, {now} if you stopped now": (
        "面试当天的准备度：按计划 {planned}，现在停下则为 {now}"
    ),
    "minutes a day": "每天的分钟数",
    "{reviews} reviews {new} new": "复习 {reviews} 新题 {new}",
    "readiness on the day of the interview, if you stopped after": "如果学到这天为止，面试当天的准备度",
    "everything fits: each question is asked, and seen once more before the day": (
        "全部排得下：每道题都会问到，面试前还会再见一次"
    ),
    "this will not fit: {what}": "排不下：{what}",
    "{n} question would never be asked": "{n} 题一次也问不到",
    "{n} questions would never be asked": "{n} 题一次也问不到",
    "{n} would be seen only once": "{n} 题只会见一次",
    "no day is long enough for all of it: choose topics": "一天再长也学不完：请挑几个主题",
    "{n} minutes a day would do: {command}": "每天 {n} 分钟就够：{command}",
    "or prepare less: {command}": "或者少准备一些：{command}",
    "there is no plan": "还没有计划",
    " ({n} of {of} days; --json has all)": "（{of} 天中的 {n} 天；--json 有全部）",
    "the plan is forgotten; practice asks what is due": "计划已删除；practice 会问到期的题",
    "there was no plan": "本来就没有计划",
    "the {n} minutes of today for the interview on {day} are used up,": "为{day}的面试安排的今天 {n} 分钟已经用完，",
    "or nothing gains from another look today; ptquiz practice --weakest goes on": (
        "或者今天再看也没有收益；想继续就用 ptquiz practice --weakest"
    ),
    "{topics} for the interview on {day}": "{topics}，为{day}的面试",
    # The memory model.
    "{reviews} of known questions on a later day": "学过的题隔天以后的{reviews}",
    "{n} are needed for weights of your own; the ones in use stay": "要有 {n} 次才能拟合你自己的权重；现在的权重不变",
    "log loss on the newest {n}, which the fit did not see; lower is better": (
        "最新 {n} 次复习上的对数损失，拟合时没有用到；越低越好"
    ),
    "before  {loss}": "之前  {loss}",
    "after   {loss}": "之后  {loss}",
    "{n} state rebuilt": "重算了 {n} 题的状态",
    "{n} states rebuilt": "重算了 {n} 题的状态",
    "the fitted weights are in use; {states}": "已改用拟合出的权重；{states}",
    "ptquiz tune --back goes back to the ones before": "ptquiz tune --back 回到之前的权重",
    "nothing was changed: ptquiz tune uses the fitted weights": "没有改动；ptquiz tune 会改用拟合出的权重",
    "not better: the weights in use stay": "没有变好：现在的权重不变",
    "the weights from before are in use; {states}": "已回到之前的权重；{states}",
    # Checks.
    "{n} deck": "{n} 个题库",
    "{n} decks": "{n} 个题库",
    "{n} deck cannot be read": "{n} 个题库读不了",
    "{n} decks cannot be read": "{n} 个题库读不了",
    "{n} file cannot be read": "{n} 个文件读不了",
    "{n} files cannot be read": "{n} 个文件读不了",
    "there is no deck among the files, so nothing to prove; all can be read": "文件里没有题库，没有要验证的；都能读取",
    "{questions} in {decks}": "{decks}，{questions}",
    "{n} decided by a run": "{n} 题由运行结果判定",
    "{n} failed": "{n} 处不成立",
    "all hold": "全部成立",
    "{n} left out (they need {needs})": "略过 {n} 处（需要 {needs}）",
    "{n} of {of} parts unchanged since they were proven": "{of} 处中有 {n} 处验证之后没有改过",
    "torch {torch}, {seconds} s": "torch {torch}，{seconds} 秒",
    "not needed": "用不到",
    "mutants of solutions: {rejected}": "解法的变体：{rejected}",
    "{n} of {of} rejected ({share})": "{of} 个中有 {n} 个被拒（{share}）",
    "passes: line {line}, {change}": "没被发现：第 {line} 行，{change}",
    "FAILS": "不成立",
    "holds": "成立",
    "hold in all": "成立总数",
    "wrote {names}": "已写入 {names}",
    "updated what {n} of its sections show": "已更新 {n} 节的 shows",
    "watching; Ctrl-C ends": "正在监视文件；Ctrl-C 结束",
    "changed, too: {ids} (ptquiz deck preview ID)": "另有改动：{ids}（ptquiz deck preview ID）",
    "warning": "警告",
    ", {n} justified": "，{n} 个已说明理由",
    ", {n} more not tried": "，另有 {n} 个没有试",
}
