"""What contains a snippet, in Chinese: the notes of `ptquiz doctor`."""

from __future__ import annotations

LAYERS = {
    "whatever a snippet starts is found and killed with it": ("代码启动的一切都会被找到，并随它一起结束"),
    "1 GiB of memory, processor time, 32 MiB a file, 256 open files": (
        "1 GiB 内存、处理器时间、每个文件 32 MiB、256 个打开的文件"
    ),
    "reads Python and torch only, writes its own scratch folder only (Landlock)": (
        "只能读 Python 和 torch，只能写自己的临时文件夹（Landlock）"
    ),
    "no sockets (seccomp)": ("不能用套接字（seccomp）"),
    "no other programs; forks only where a question says `needs: workers` (seccomp)": (
        "不能启动别的程序；只有题目写明 `needs: workers` 时才能 fork（seccomp）"
    ),
    "cannot signal other processes (Landlock or seccomp)": ("不能向别的进程发信号（Landlock 或 seccomp）"),
    "1 GiB of memory, processor time, 32 MiB a file, 256 open files, each process of a snippet for itself": (
        "1 GiB 内存、处理器时间、每个文件 32 MiB、256 个打开的文件，一段代码的每个进程各自计算"
    ),
    "seccomp is missing": ("没有 seccomp"),
    "what a snippet starts may leave its process group": ("代码启动的进程可能脱离它的进程组"),
    "Landlock is missing: Linux 5.13 or newer has it": ("没有 Landlock：Linux 5.13 及以上才有"),
    "can signal other processes": ("能向别的进程发信号"),
    "the threads that torch starts are outside of it": ("torch 启动的线程不受它约束"),
    "the sandbox could not be tried: no answer": ("沙箱没能试成：没有回应"),
    "the sandbox could not be tried: it ended the process": ("沙箱没能试成：它结束了进程"),
    "memory is not limited": ("内存没有限制"),
    "can read files outside its folder (Landlock is missing: Linux 5.13 or newer has it)": (
        "能读自己文件夹以外的文件（没有 Landlock：Linux 5.13 及以上才有）"
    ),
    "can open sockets (seccomp is missing)": ("能打开套接字（没有 seccomp）"),
    "can start processes (seccomp is missing)": ("能启动进程（没有 seccomp）"),
    "not used: each snippet gets a process that was started beforehand, and the next one takes seconds": (
        "不使用：每段代码用一个预先启动的进程，下一个要几秒钟"
    ),
    "not contained on this system: a snippet can read and write what you can": (
        "这个系统上不受约束：你能读写的，代码都能读写"
    ),
    "not contained on this system: a snippet can use the network": ("这个系统上不受约束：代码能使用网络"),
    "not contained on this system: a snippet can start other programs": ("这个系统上不受约束：代码能启动别的程序"),
    "not contained on this system: a snippet can end your other programs": (
        "这个系统上不受约束：代码能结束你的其他程序"
    ),
    "processor time, 32 MiB a file and 256 open files; memory is not limited on this system": (
        "处理器时间、每个文件 32 MiB、256 个打开的文件；这个系统上内存没有限制"
    ),
    "wall-clock time and output only; memory, files and processes are not limited on this system": (
        "只限制时间和输出；这个系统上内存、文件和进程没有限制"
    ),
    "what a snippet starts is killed with its process group, and escapes by leaving it": (
        "代码启动的进程随它的进程组一起结束，脱离进程组就能逃脱"
    ),
    "what a snippet starts is not found on this system": ("这个系统上找不到代码启动的进程"),
}
