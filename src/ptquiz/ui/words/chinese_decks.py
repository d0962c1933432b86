"""Decks, the review log, settings and the installation, in Chinese."""

from __future__ import annotations

DECKS = {
    "d1 to d5 are difficulties": "d1 到 d5 是难度",
    "what a topic has none of:": "各主题还缺：",
    "kinds": "题型数",
    "proven": "经运行验证",
    "families": "题族",
    "proven: decided by a run; families vary; code: write and fix. -t TOPIC shows its kinds.": (
        "经运行验证：由运行判定；题族：数值会变；代码：write 和 fix。-t TOPIC 显示各题型。"
    ),
    "why {n}: {why}": "为什么 {n}：{why}",
    "accepted: {forms}": "接受：{forms}",
    "a wrong solution: {why}": "一个错误解法：{why}",
    # Lists of decks.
    "sections": "节数",
    "may run": "可运行",
    "yes": "是",
    "no": "否",
    "built in": "内置",
    "ptquiz deck add PATH adds one, deck new NAME begins one, ptquiz check PATH proves one": (
        "ptquiz deck add PATH 添加题库，deck new NAME 新建题库，ptquiz check PATH 验证题库"
    ),
    "wrote {file}": "已写入 {file}",
    "prove it with  ptquiz check {file}": "验证：ptquiz check {file}",
    "practise it with  ptquiz practice -d {file}": "练习：ptquiz practice -d {file}",
    # Consent.
    "{n} piece of code": "{n} 段代码",
    "{n} pieces of code": "{n} 段代码",
    "imports  {names}": "导入  {names}",
    "nothing": "无",
    "look at  {names}: names that can reach files, programs or the network": (
        "留意  {names}：这些名称可能访问文件、程序或网络"
    ),
    "new or changed since you agreed: {n} of {of}": "你同意之后新增或改过的：{of} 处中有 {n} 处",
    "and {n} more": "还有 {n} 处",
    "Its code would run in a sandbox, to judge answers. May it? 1 yes, 2 no": (
        "它的代码会在沙箱里运行，用来判定答案。允许吗？1 是，2 否"
    ),
    "added {file}": "已添加 {file}",
    "its code does not run: answers are judged by what the deck records, and marked so": (
        "它的代码不运行：答案按题库里的记录判定，并注明"
    ),
    "let it run with: ptquiz deck trust {deck}": "允许运行：ptquiz deck trust {deck}",
    "its code may run; after an update only what changed is asked for again": (
        "它的代码可以运行；以后更新时只再问改动的部分"
    ),
    "nothing was changed": "没有改动",
    "its code does not run any more; allow it again with: ptquiz deck trust {deck}": (
        "它的代码不再运行；重新允许：ptquiz deck trust {deck}"
    ),
    "removed {file}; the file stays where it is": "已移除 {file}；文件原地不动",
    "the history of {questions} is kept": "{questions}的历史保留",
    "it comes back with: ptquiz deck add {file}": "重新添加：ptquiz deck add {file}",
    # Previews and coverage.
    "seed {n}": "种子 {n}",
    "followed by": "追问",
    "the editor opens with": "编辑器里的初始代码",
    "not proven here: {why}": "这里没有验证：{why}",
    "everything it claims holds (torch {torch})": "所说的全部成立（torch {torch}）",
    "kind": "题型",
    "all kinds": "全部题型",
    "level {level}": "层次 {level}",
    "difficulty {n}": "难度 {n}",
    "nothing is missing": "什么都不缺",
    # Import and export.
    "made {file}": "已新建 {file}",
    "updated {file}": "已更新 {file}",
    "nothing new in {file}": "{file} 没有变化",
    "{n} flashcard": "{n} 张闪卡",
    "{n} flashcards": "{n} 张闪卡",
    "{n} added": "新增 {n}",
    "{n} updated": "更新 {n}",
    "{n} unchanged": "未变 {n}",
    "{question} is no flashcard any more; it stays as it is": "{question} 已不是闪卡；保持原样",
    "{questions} of the deck not in the file; they stay": "题库里有{questions}不在文件中；保留",
    "left out: {what}": "略过：{what}",
    "wrote {file}: {questions}": "已写入 {file}：{questions}",
    "{answers} left open, because only a run gives them: {why}": "{answers}空缺，因为只有运行才能得到：{why}",
    "ptquiz check says why": "原因见 ptquiz check",
    # The review log.
    "{n} entry": "{n} 条记录",
    "{n} entries": "{n} 条记录",
    "{entries} written to {file}": "{entries}已写入 {file}",
    "{entries} added, {n} of {of} were there already": "新增{entries}，{of} 条中有 {n} 条本来就有",
    "every question with a history is in a deck": "有历史的题都在题库里",
    "no question is suspended": "没有暂停的题",
    "ptquiz state resume ID asks one again": "ptquiz state resume ID 重新提问其中一题",
    "{n} question resumed": "已恢复 {n} 题",
    "{n} questions resumed": "已恢复 {n} 题",
    "(its text is not known)": "（不知道题目的文字）",
    "the stored state is not what the log says": "保存的状态与日志不符",
    "the log is the truth; replay it with: ptquiz state rebuild": "以日志为准；重放日志：ptquiz state rebuild",
    "{entries}, every state is what the log says": "{entries}，所有状态都与日志一致",
    "rebuilt the state of {n} question from the log": "已按日志重建 {n} 题的状态",
    "rebuilt the states of {n} questions from the log": "已按日志重建 {n} 题的状态",
    "copied to {file}": "已复制到 {file}",
    "there is no review log yet": "还没有复习日志",
    "restored {file}": "已恢复 {file}",
    "the log that was there is kept: {file}": "原来的日志保留在：{file}",
    # The installation.
    "reviews": "复习日志",
    "{entries}: {file}": "{entries}：{file}",
    "cache": "缓存",
    "decks": "题库",
    "sandbox": "沙箱",
    "on ": "开",
    "OFF": "关",
    "{decks} with {questions}": "{decks}，{questions}",
    # Settings.
    "setting": "设置",
    "value": "值",
    "from": "来源",
    "default": "默认",
    "file": "文件",
    "variable": "变量",
    "flag": "选项",
    "file: {file}": "文件：{file}",
    "not there; make it to change something": "还没有这个文件；想改设置就新建它",
    "language of translated decks, and of the program": "题库译文的语言，也是程序的语言",
    "language of the program alone; auto is that of lang": "只管程序自己的语言；auto 与 lang 相同",
    "colours; auto asks the terminal, NO_COLOR and FORCE_COLOR": "颜色；auto 看终端、NO_COLOR 和 FORCE_COLOR",
    "decoration; auto asks the encoding": "装饰符号；auto 看编码",
    "always one answer per line, as with --plain": "总是一行一个回答，同 --plain",
    "page begins each question at the top of the screen": "page 让每道题从屏幕顶端开始",
    "new questions per day, unless --new says otherwise": "每天的新题数，--new 优先",
    "reviews per day, unless --reviews says otherwise": "每天的复习数，--reviews 优先",
    "how likely you still know a question when it returns": "题目再次出现时还记得的概率",
    "seconds that code may run, unless its question says otherwise": "代码最多运行的秒数，题目另有规定的除外",
    "your editor, before $VISUAL and $EDITOR": "你的编辑器，优先于 $VISUAL 和 $EDITOR",
    "your pager, before $PAGER; cat for none": "你的分页器，优先于 $PAGER；cat 表示不分页",
    "import torch while you read the first question": "在你读第一道题时导入 torch",
    "an interpreter whose torch judges instead of this one's": "用另一个解释器里的 torch 判定",
    # Files.
    "what you set; never written by ptquiz": "你的设置；ptquiz 从不写它",
    "the review log: ratings, notes, stars": "复习日志：评分、笔记、星标",
    "copies of the review log": "复习日志的备份",
    "the list of your own decks and what of them may run": "你自己的题库清单，以及哪些代码可以运行",
    "errors in questions that you wrote down": "你记下的题目错误",
    "unfinished code answers and experiments": "没写完的代码和实验",
    "compiled decks; safe to delete": "编译过的题库；可以放心删除",
}
