# Bash completion for xauth. Works with and without the bash-completion package, also under set -u.
# Made by: xauth completion bash

# Sets what the command $1 has (its words; nothing: before any): `commands` that may follow,
# `options`, beside those that stand `everywhere`, and `arguments`. Behind an option's `=`, and as
# an argument, stands what the value is: words to choose from, else its kind in capitals.
_xauth_has() {
  everywhere='
        -h
        --help
        --config-dir=DIRECTORY
        -q
        --quiet
        -v
        --verbose
        --trace
        --color=auto|always|never'
  commands='' options='' arguments=''
  case $1 in
    '')
      commands='login token refresh status whoami inspect logout use exec curl credential config doctor provider demo completion help'
      options='
        --version'
      ;;
    'login')
      options='
        --provider=PROVIDER
        --provider-param=TEXT
        --issuer=TEXT
        --authorize-url=TEXT
        --token-url=TEXT
        --device-url=TEXT
        --revoke-url=TEXT
        --userinfo-url=TEXT
        --ca-file=FILE
        --client-id=TEXT
        --client-secret-file=FILE
        --client-key-file=FILE
        --client-certificate-file=FILE
        --client-auth=none|basic|post|client_secret_jwt|private_key_jwt|tls_client_auth
        --scope=TEXT
        --add-scope=TEXT
        --audience=TEXT
        --resource=TEXT
        --param=TEXT
        --token-param=TEXT
        --prompt=login|consent|select_account|none
        --login-hint=TEXT
        --max-age=TEXT
        --redirect-uri=TEXT
        --port=TEXT
        --listen=TEXT
        --no-browser
        --browser=PROGRAM
        --paste
        --device
        --timeout=TEXT
        --client-credentials
        --expect-account=TEXT
        --force
        -o=json
        --output=json'
      arguments='PROFILE_OR_PROVIDER'
      ;;
    'token')
      options='
        -o=token|header|json|env|curl
        --output=token|header|json|env|curl
        --id-token
        --min-ttl=TEXT
        --no-refresh
        --force-refresh
        --no-newline
        --with-refresh-token
        --shell=sh|bash|zsh|fish'
      arguments='PROFILE'
      ;;
    'refresh')
      options='
        -o=json
        --output=json'
      arguments='PROFILE'
      ;;
    'status')
      options='
        --check
        -o=json
        --output=json'
      arguments='PROFILE'
      ;;
    'whoami')
      options='
        -o=json
        --output=json'
      arguments='PROFILE'
      ;;
    'inspect')
      options='
        --introspect
        -o=json
        --output=json'
      arguments='PROFILE'
      ;;
    'logout')
      options='
        --all
        --no-revoke
        --forget
        -o=json
        --output=json'
      arguments='PROFILE'
      ;;
    'use')
      options='
        -o=json
        --output=json'
      arguments='PROFILE'
      ;;
    'exec')
      options='
        --env=TEXT
        --min-ttl=TEXT'
      arguments='PROFILE COMMAND_LINE'
      ;;
    'curl')
      options='
        --min-ttl=TEXT'
      arguments='PROFILE ARGUMENTS'
      ;;
    'credential')
      commands='git docker kubernetes'
      ;;
    'credential git')
      arguments='PROFILE get|store|erase'
      ;;
    'credential docker')
      arguments='PROFILE get|store|erase|list'
      ;;
    'credential kubernetes')
      options='
        --id-token'
      arguments='PROFILE'
      ;;
    'config')
      options='
        -o=json
        --output=json'
      arguments='list|get|set|unset|path storage|sealed_by|browser|password_command|default|PROFILE_KEY SETTING'
      ;;
    'doctor')
      options='
        -o=json
        --output=json'
      arguments='PROFILE_OR_PROVIDER'
      ;;
    'provider')
      commands='list show discover'
      ;;
    'provider list')
      options='
        -o=json
        --output=json'
      arguments='TEXT'
      ;;
    'provider show')
      options='
        -o=json
        --output=json'
      arguments='PROVIDER'
      ;;
    'provider discover')
      options='
        --ca-file=FILE
        -o=json
        --output=json'
      arguments='TEXT'
      ;;
    'demo')
      options='
        --serve
        --approve
        --browser=PROGRAM
        -o=json
        --output=json'
      ;;
    'completion')
      arguments='bash|zsh|fish'
      ;;
    'help')
      commands='login token refresh status whoami inspect logout use exec curl credential config doctor provider demo completion'
      ;;
    'help credential')
      commands='git docker kubernetes'
      ;;
    'help provider')
      commands='list show discover'
      ;;
  esac
}

# What the program says to the arguments; nothing when it fails. A config directory without settings
# is not looked at: the program would take the access of others away from one that is not its own.
# Nor is a keyring or a person asked for the key of what is sealed.
_xauth_ask() {
  local program=${COMP_WORDS[0]/#\~\//${HOME-}/} directory=()
  if [[ -n $config_dir ]]; then
    directory=(--config-dir "${config_dir/#\~\//${HOME-}/}")
    [[ -f ${directory[1]}/config.json ]] || return 0
  fi
  XAUTH_ASK_NOBODY=yes "$program" "$@" ${directory[@]+"${directory[@]}"} 2>/dev/null </dev/null
}

_xauth_profiles() {
  local rows row
  rows=$(_xauth_ask status -o json)
  while [[ $rows == *'{"profile":"'* ]]; do
    rows=${rows#*'{"profile":"'}
    row=${rows%%\"*}
    [[ $row == *[!A-Za-z0-9._-]* ]] || printf '%s\n' "$row"
  done
}

_xauth_providers() {
  local id rest
  while read -r id rest; do
    [[ $id == *[!A-Za-z0-9._-]* ]] || printf '%s\n' "$id"
  done < <(_xauth_ask provider list)
}

# The profiles' keys that may come of $1: their beginnings, or all of one that has begun.
_xauth_profile_keys() {
  local name member
  while read -r name; do
    if [[ $1 == "profile.$name."* ]]; then
      for member in provider issuer authorize_url token_url device_url revoke_url userinfo_url introspect_url jwks_url client_id client_auth scope audience listen storage ca_file client_key_file client_certificate_file client_auth_algorithm provider_param given_url resource param token_param redirect_uri host client_credentials; do
        printf 'profile.%s.%s\n' "$name" "$member"
      done
    else
      printf 'profile.%s.\n' "$name"
    fi
  done < <(_xauth_profiles)
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

# Adds the values of the setting $1 that begin with $2.
_xauth_setting_values() {
  case $1 in
    default) _xauth_words "$(_xauth_profiles)" "$2" ;;
    storage | profile.*.storage) _xauth_words 'file sealed' "$2" ;;
    sealed_by) _xauth_words 'keyring command passphrase file:' "$2" ;;
  esac
}

# Adds the values of the kind $1, or among its words, that begin with $2.
_xauth_values() {
  case $1 in
    TEXT) ;;
    FILE) _xauth_paths -f "$2" ;;
    DIRECTORY) _xauth_paths -d "$2" ;;
    PROGRAM) mapfile -t COMPREPLY < <(compgen -c -- "$2") ;;
    PROFILE) _xauth_words "$(_xauth_profiles)" "$2" ;;
    PROVIDER) _xauth_words "$(_xauth_providers)" "$2" ;;
    PROFILE_OR_PROVIDER) _xauth_words "$(_xauth_profiles; _xauth_providers)" "$2" ;;
    SETTING) _xauth_setting_values "${given[1]-}" "$2" ;;
    *'|PROFILE_KEY')
      _xauth_values "${1%|*}" "$2"
      _xauth_words "$(_xauth_profile_keys "$2")" "$2"
      [[ "${COMPREPLY[*]-} " != *'. '* ]] || compopt -o nospace 2>/dev/null
      ;;
    *) _xauth_words "${1//|/ }" "$2" ;;
  esac
}

# Sets `value` to what the option $1 takes; fails when that is nothing.
_xauth_takes_value() {
  local option
  for option in $everywhere $options; do
    value=${option#*=}
    [[ $option != "$1="* ]] || return 0
  done
  return 1
}

# Adds the long options that begin with $1.
_xauth_options() {
  local option names=''
  for option in $everywhere $options; do
    [[ $option != --* ]] || names+=" ${option%%=*}"
  done
  _xauth_words "$names" "$1"
}

# Completes what stands behind the `--` at $1 as a command line of its own, with the program $2, if
# any, before it.
_xauth_pass_on() {
  local -i to_the_end=${#COMP_LINE}-COMP_POINT here=COMP_CWORD-$1-1
  COMP_LINE=${2:+$2 }${COMP_LINE#* -- }
  COMP_POINT=$((${#COMP_LINE} - to_the_end))
  COMP_WORDS=(${2:+"$2"} "${COMP_WORDS[@]:$1+1}")
  COMP_CWORD=$((here + (${#2} > 0)))
  if declare -F _command_offset >/dev/null; then
    _command_offset 0
  elif ((COMP_CWORD == 0)); then
    _xauth_values PROGRAM "${COMP_WORDS[0]}"
  else
    _xauth_values FILE "${COMP_WORDS[COMP_CWORD]}"
  fi
}

_xauth() {
  local IFS=$' \t\n' everywhere commands options arguments value
  local command='' option='' config_dir='' only_words='' at word
  local current=${COMP_WORDS[COMP_CWORD]} given=() kinds=()
  COMPREPLY=()
  _xauth_has ''

  # Readline makes `--option=value` three words.
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=${COMP_WORDS[at]}
    if [[ -n $option ]]; then
      [[ $word == '=' ]] && continue
      [[ $option != --config-dir ]] || config_dir=$word
      option=''
    elif [[ -z $only_words && $word == -- ]]; then
      case $arguments in
        *COMMAND_LINE) _xauth_pass_on "$at" '' && return ;;
        *ARGUMENTS) _xauth_pass_on "$at" "$command" && return ;;
      esac
      only_words=yes
    elif [[ -z $only_words && $word == -* ]]; then
      ! _xauth_takes_value "$word" || option=$word
    elif [[ " $commands " == *" $word "* ]]; then
      command+=${command:+ }$word
      _xauth_has "$command"
    else
      given+=("$word")
    fi
  done

  if [[ -n $option ]]; then
    _xauth_takes_value "$option"
    [[ $current != '=' ]] || current=''
    _xauth_values "$value" "$current"
  elif [[ -z $only_words && $current == -* ]]; then
    _xauth_options "$current"
  elif [[ -n $commands ]]; then
    ((${#given[@]})) || _xauth_words "$commands" "$current"
  else
    read -ra kinds <<<"$arguments"
    _xauth_values "${kinds[${#given[@]}]-TEXT}" "$current"
  fi
}

complete -F _xauth xauth
