# Bash completion for xauth. Works with and without the bash-completion package, also under set -u.

# What the program $1 says to the arguments after $2, the config directory or empty; nothing when it
# fails. A directory without settings is not looked at: the program would take the access of others
# away from one that is not its own.
_xauth_ask() {
  local program=${1/#\~\//${HOME-}/} where=${2/#\~\//${HOME-}/} directory=()
  if [[ -n $where ]]; then
    directory=(--config-dir "$where")
    [[ -f $where/config.json ]] || return 0
  fi
  "$program" "${@:3}" ${directory[@]+"${directory[@]}"} 2>/dev/null </dev/null
}

# The profiles. $1: the program, $2: the config directory, or empty.
_xauth_profiles() {
  local rows row
  rows=$(_xauth_ask "$1" "$2" status -o json)
  while [[ $rows == *'{"profile":"'* ]]; do
    rows=${rows#*'{"profile":"'}
    row=${rows%%\"*}
    [[ $row == *[!A-Za-z0-9._-]* ]] || printf '%s\n' "$row"
  done
}

# The providers that the program knows, likewise.
_xauth_providers() {
  local id rest
  while read -r id rest; do
    [[ $id == *[!A-Za-z0-9._-]* ]] || printf '%s\n' "$id"
  done < <(_xauth_ask "$1" "$2" provider list)
}

# Adds the words of $1 that begin with $2.
_xauth_words() {
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$1" -- "$2")
}

# Adds files, or directories where $1 is -d, that begin with $2.
_xauth_paths() {
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen "$1" -- "$2")
}

# Adds the values of the option $1 of the command $2 that begin with $3. A value that only the
# person knows gets nothing. $4, $5: as for _xauth_ask.
_xauth_values() {
  case $1 in
    --config-dir) _xauth_paths -d "$3" ;;
    --client-secret-file | --client-key-file | --client-certificate-file | --ca-file)
      _xauth_paths -f "$3"
      ;;
    --color) _xauth_words 'auto always never' "$3" ;;
    --client-auth)
      _xauth_words 'none basic post client_secret_jwt private_key_jwt tls_client_auth' "$3"
      ;;
    --prompt) _xauth_words 'login consent select_account none' "$3" ;;
    --provider) _xauth_words "$(_xauth_providers "$4" "$5")" "$3" ;;
    --browser) mapfile -t COMPREPLY < <(compgen -c -- "$3") ;;
    -o | --output)
      if [[ $2 == token ]]; then
        _xauth_words 'token header json env curl' "$3"
      else
        _xauth_words json "$3"
      fi
      ;;
  esac
}

# Adds the options of the command $1 that begin with $2.
_xauth_options() {
  local everywhere='--config-dir --quiet --verbose --trace --color --help'
  case $1 in
    '') _xauth_words "$everywhere --version" "$2" ;;
    login)
      _xauth_words "$everywhere --provider --provider-param --issuer --authorize-url --token-url
        --device-url --revoke-url --userinfo-url --ca-file --client-id --client-secret-file
        --client-key-file --client-certificate-file --client-auth --client-credentials --scope
        --add-scope --audience
        --resource --param --token-param --prompt --login-hint --max-age --redirect-uri --port
        --listen --no-browser --browser --paste --device --timeout --expect-account --force --output" "$2"
      ;;
    token)
      _xauth_words "$everywhere --output --id-token --min-ttl --no-refresh --force-refresh
        --no-newline --with-refresh-token" "$2"
      ;;
    refresh | status | whoami | use | config) _xauth_words "$everywhere --output" "$2" ;;
    inspect) _xauth_words "$everywhere --introspect --output" "$2" ;;
    logout) _xauth_words "$everywhere --all --no-revoke --forget --output" "$2" ;;
    provider) _xauth_words "$everywhere --ca-file --output" "$2" ;;
    demo) _xauth_words "$everywhere --serve --approve --browser --output" "$2" ;;
  esac
}

# Whether the word after $1 is its value.
_xauth_takes_value() {
  case $1 in
    --config-dir | --color | -o | --output | --provider | --provider-param | --issuer | --authorize-url | --token-url | \
      --device-url | \
      --revoke-url | --userinfo-url | --ca-file | --client-id | --client-secret-file | \
      --client-key-file | --client-certificate-file | --client-auth | --scope | --add-scope | \
      --audience | --resource | --param | --token-param | \
      --prompt | --login-hint | --max-age | --redirect-uri | --port | --listen | --browser | \
      --timeout | --expect-account | --min-ttl) return 0 ;;
  esac
  return 1
}

_xauth() {
  local commands='login token refresh status whoami inspect logout use config provider demo help'
  local current=${COMP_WORDS[COMP_CWORD]} option='' command='' profile='' where=''
  local at word only_words=''
  COMPREPLY=()

  # Readline makes `--option=value` three words.
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=${COMP_WORDS[at]}
    if [[ -n $option ]]; then
      [[ $word == '=' ]] && continue
      [[ $option != --config-dir ]] || where=$word
      option=''
    elif [[ $word == -- ]]; then
      only_words=yes
    elif [[ -z $only_words && $word == -* ]]; then
      ! _xauth_takes_value "$word" || option=$word
    elif [[ -z $command || $command == help ]]; then
      command=$word
    else
      profile=$word
    fi
  done

  if [[ -n $option ]]; then
    [[ $current != '=' ]] || current=''
    _xauth_values "$option" "$command" "$current" "${COMP_WORDS[0]}" "$where"
  elif [[ -z $only_words && $current == -* ]]; then
    _xauth_options "$command" "$current"
  elif [[ -z $command ]]; then
    _xauth_words "$commands" "$current"
  elif [[ $command == help ]]; then
    _xauth_words "${commands% help}" "$current"
  elif [[ $command == provider && $profile == show ]]; then
    _xauth_words "$(_xauth_providers "${COMP_WORDS[0]}" "$where")" "$current"
  elif [[ -z $profile ]]; then
    case $command in
      provider) _xauth_words 'list show discover' "$current" ;;
      login | token | refresh | status | whoami | inspect | logout | use)
        _xauth_words "$(_xauth_profiles "${COMP_WORDS[0]}" "$where")" "$current"
        ;;
      config) _xauth_words 'list get set unset path' "$current" ;;
    esac
  elif [[ $command == config && $profile =~ ^(get|set|unset)$ ]]; then
    _xauth_words 'default browser password_command storage' "$current"
  fi
}

complete -F _xauth xauth
