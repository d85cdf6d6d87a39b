# Completes the commands and options of DeltaSync in zsh:
#   source /opt/deltasync-0.1.0/completion/deltasync.zsh
source "${0:A:h}/deltasync.bash"
