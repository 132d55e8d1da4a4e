# What zsh offers for a line, asked in an interactive shell on a terminal of its own:
#   zsh -f zsh_candidates.zsh autoload|source COMPLETIONS LINE
# Prints one candidate a line.
zmodload zsh/zpty || exit 1
work=$(mktemp -d) || exit 1
trap 'zpty -d asked 2>/dev/null; rm -rf $work' EXIT
mkfifo $work/ready $work/over

# The shell that is asked notes every match that is about to be added, and never runs a line.
cat >$work/setup <<END
PROMPT=
unsetopt beep
how=$1 completions=${(q)2} work=${(q)work}
END
cat >>$work/setup <<'END'
[[ $how == autoload ]] && fpath=($completions $fpath)
autoload -Uz compinit && compinit -u -d ~/.zcompdump-$how
[[ $how == source ]] && source $completions/_xauth
bindkey '^M' undefined-key
bindkey '^J' undefined-key
bindkey '^I' complete-word
compadd() {
  if [[ " ${(j: :)@[1,(i)(-|--)]} " != *' -'[OAD]' '* ]]; then
    local -a candidates_noted
    builtin compadd -A candidates_noted "$@"
    print -rl -- $candidates_noted >>$work/candidates
  fi
  builtin compadd "$@"
}
tell_end() { print >$work/over }
comppostfuncs=(tell_end)
zle-line-init() {  # from here on keys are ours, not the terminal driver's
  zle -D zle-line-init
  print >$work/ready
}
zle -N zle-line-init
END

zpty asked zsh -f -i
zpty -w asked "source ${(q)work}/setup"
read -r <$work/ready
zpty -w -n asked $3$'\t'
read -r <$work/over
sed -n '/./p' $work/candidates 2>/dev/null
exit 0
