"""What runs the tasks of a build: this process, processes of this machine, a cluster. The results are the same.

An executor knows nothing of what the tasks do. It calls a function once for each task, in any order and, where a
worker dies, more than once: the function must give the same result each time and put it in place in one step.
"""
