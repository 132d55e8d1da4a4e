# Fish completion for xauth.
# Made by: xauth completion fish

# The words before the cursor that are neither options nor values of options, one a line.
function __xauth_words
    set -l with_value --add-scope \
        --audience \
        --authorize-url \
        --browser \
        --ca-file \
        --client-auth \
        --client-certificate-file \
        --client-id \
        --client-key-file \
        --client-secret-file \
        --color \
        --config-dir \
        --device-url \
        --env \
        --expect-account \
        --issuer \
        --listen \
        --login-hint \
        --max-age \
        --min-ttl \
        --output \
        --param \
        --port \
        --prompt \
        --provider \
        --provider-param \
        --redirect-uri \
        --resource \
        --revoke-url \
        --scope \
        --shell \
        --timeout \
        --token-param \
        --token-url \
        --userinfo-url \
        -o
    set -l is_value no
    set -l tokens (commandline -opc)
    for word in $tokens[2..-1]
        if test $is_value = yes
            set is_value no
        else if contains -- $word $with_value
            set is_value yes
        else if not string match -q -- '-*' $word
            echo -- $word
        end
    end
end

# Whether the command is $argv.
function __xauth_in
    set -l words (__xauth_words)
    for word in $argv
        test "$words[1]" = $word; or return 1
        set -e words[1]
    end
end

# Whether the argument number $argv[1] of the command $argv[2..-1] is still to come, and is next.
function __xauth_at
    __xauth_in $argv[2..-1]; or return 1
    test (count (__xauth_words)) -eq (math (count $argv) - 2 + $argv[1])
end

# Whether `--` was typed.
function __xauth_behind_dashes
    contains -- -- (commandline -opc)
end

# What completes the words behind `--` as a command line of its own, with the program $argv, if any,
# before it.
function __xauth_pass_on
    set -l tokens (commandline -opc)
    set -l at (contains -i -- -- $tokens)
    set -l line (string escape -- $argv $tokens[(math $at + 1)..-1]) (commandline -ct)
    complete -C "$line"
end

# What the program says to the arguments; nothing when it cannot tell. A config directory without
# settings is not looked at: the program would take the access of others away from a directory that
# is not its own. Nor is a keyring or a person asked for the key of what is sealed.
function __xauth_ask
    set -l tokens (commandline -opc)
    set -l command $tokens[1] $argv
    set -l usual (count $command)
    if set -l at (contains -i -- --config-dir $tokens)
        set -a command --config-dir (string replace -r '^~/' "$HOME/" -- $tokens[(math $at + 1)])
    end
    for token in $tokens
        set -l directory (string replace -f -- --config-dir= '' $token)
        and set -a command --config-dir (string replace -r '^~/' "$HOME/" -- $directory)
    end
    test (count $command) -gt $usual; and not test -f $command[-1]/config.json; and return
    XAUTH_ASK_NOBODY=yes $command 2>/dev/null </dev/null
end

# The profiles.
function __xauth_profiles
    __xauth_ask status -o json |
        string match -a -r '\{"profile":"[A-Za-z0-9._-]+"' |
        string replace -r '.*:"(.*)"' '$1'
end

# The providers that the program knows, each with its name.
function __xauth_providers
    __xauth_ask provider list | string replace -f -r '^([A-Za-z0-9._-]+) +(.*)' '$1\t$2'
end

# The profiles' keys that may come of what is typed: their beginnings, or all of one that has begun.
function __xauth_profile_keys
    set -l typed (commandline -ct)
    set -l members provider issuer authorize_url token_url device_url revoke_url userinfo_url introspect_url jwks_url client_id client_auth scope audience listen storage ca_file client_key_file client_certificate_file client_auth_algorithm provider_param given_url resource param token_param redirect_uri host client_credentials
    for name in (__xauth_profiles)
        if string match -q -- "profile.$name.*" "$typed"
            printf '%s\n' profile.$name.$members
        else
            echo profile.$name.
        end
    end
end

complete -c xauth -f

# The values of the setting that the word before names.
function __xauth_setting_values
    switch (commandline -opc)[-1]
        case default
            __xauth_profiles
        case storage 'profile.*.storage'
            printf '%s\n' file sealed
        case sealed_by
            printf '%s\n' keyring command passphrase file:
    end
end

complete -c xauth -s h -l help -d 'Print this help'
complete -c xauth -l config-dir -x -a '(__fish_complete_directories)' -d 'Where settings and tokens are kept'
complete -c xauth -s q -l quiet -d 'Say only what must be read'
complete -c xauth -s v -l verbose -d 'Say more'
complete -c xauth -l trace -d 'Show requests and answers, without secrets'
complete -c xauth -l color -x -a 'auto always never' -d 'Colours on standard error'

complete -c xauth -n '__xauth_at 1' -a login -d 'Log in through the browser'
complete -c xauth -n '__xauth_at 1' -a token -d 'Print a valid access token'
complete -c xauth -n '__xauth_at 1' -a refresh -d 'Refresh the tokens now'
complete -c xauth -n '__xauth_at 1' -a status -d 'Show each login and whether it is still good'
complete -c xauth -n '__xauth_at 1' -a whoami -d 'Ask the provider who this token is'
complete -c xauth -n '__xauth_at 1' -a inspect -d 'Show what is in the tokens, never a token'
complete -c xauth -n '__xauth_at 1' -a logout -d 'Revoke the tokens and delete them'
complete -c xauth -n '__xauth_at 1' -a use -d 'Set the default profile'
complete -c xauth -n '__xauth_at 1' -a exec -d 'Run a command with a token in its environment'
complete -c xauth -n '__xauth_at 1' -a curl -d 'Run curl with a token in its header'
complete -c xauth -n '__xauth_at 1' -a credential -d 'Answer another tool that wants a password'
complete -c xauth -n '__xauth_at 1' -a config -d 'Read and change the settings'
complete -c xauth -n '__xauth_at 1' -a doctor -d 'Find what keeps a login from working'
complete -c xauth -n '__xauth_at 1' -a provider -d 'Show the providers that xauth knows'
complete -c xauth -n '__xauth_at 1' -a demo -d 'Try it all on a built-in provider'
complete -c xauth -n '__xauth_at 1' -a completion -d 'Print the completion script of a shell'
complete -c xauth -n '__xauth_at 1' -a help -d 'Print the help of a command'
complete -c xauth -n '__xauth_at 1' -l version -d 'Print the version'
complete -c xauth -n '__xauth_in login' -l provider -x -a '(__xauth_providers)' -d 'A provider that xauth knows, such as x'
complete -c xauth -n '__xauth_in login' -l provider-param -x -d 'A part of its URLs, as a tenant (repeatable)'
complete -c xauth -n '__xauth_in login' -l issuer -x -d 'An issuer, whose metadata says the rest'
complete -c xauth -n '__xauth_in login' -l authorize-url -x -d 'The authorize endpoint'
complete -c xauth -n '__xauth_in login' -l token-url -x -d 'The token endpoint'
complete -c xauth -n '__xauth_in login' -l device-url -x -d 'The device authorization endpoint'
complete -c xauth -n '__xauth_in login' -l revoke-url -x -d 'The revocation endpoint'
complete -c xauth -n '__xauth_in login' -l userinfo-url -x -d 'The account endpoint'
complete -c xauth -n '__xauth_in login' -l ca-file -r -F -d 'Trust these certificates, not the system\'s'
complete -c xauth -n '__xauth_in login' -l client-id -x -d 'The client ID of your application'
complete -c xauth -n '__xauth_in login' -l client-secret-file -r -F -d 'Read its secret there (-: standard input)'
complete -c xauth -n '__xauth_in login' -l client-key-file -r -F -d 'Its private key, PEM or JWK'
complete -c xauth -n '__xauth_in login' -l client-certificate-file -r -F -d 'Its certificate, for tls_client_auth'
complete -c xauth -n '__xauth_in login' -l client-auth -x -a 'none basic post client_secret_jwt private_key_jwt tls_client_auth' -d 'How the application proves itself'
complete -c xauth -n '__xauth_in login' -l scope -x -d 'Ask for this scope (repeatable)'
complete -c xauth -n '__xauth_in login' -l add-scope -x -d 'Ask for this one besides (repeatable)'
complete -c xauth -n '__xauth_in login' -l audience -x -d 'The API that the token is for, by name'
complete -c xauth -n '__xauth_in login' -l resource -x -d 'The same by address, RFC 8707 (repeatable)'
complete -c xauth -n '__xauth_in login' -l param -x -d 'Add to the authorize request (repeatable)'
complete -c xauth -n '__xauth_in login' -l token-param -x -d 'Add to the token requests (repeatable)'
complete -c xauth -n '__xauth_in login' -l prompt -x -a 'login consent select_account none' -d 'Such as login, consent, select_account'
complete -c xauth -n '__xauth_in login' -l login-hint -x -d 'Who is to log in, for the provider\'s form'
complete -c xauth -n '__xauth_in login' -l max-age -x -d 'How long ago the sign-in may have been'
complete -c xauth -n '__xauth_in login' -l redirect-uri -x -d 'As registered (repeatable, tried in order)'
complete -c xauth -n '__xauth_in login' -l port -x -d 'Port of the default redirect URI (0: any)'
complete -c xauth -n '__xauth_in login' -l listen -x -d 'Where to listen, if not at the redirect URI'
complete -c xauth -n '__xauth_in login' -l no-browser -d 'Print the URL, start no browser'
complete -c xauth -n '__xauth_in login' -l browser -x -a '(__fish_complete_command)' -d 'The browser to start (%s is the URL)'
complete -c xauth -n '__xauth_in login' -l paste -d 'Take the redirected URL from the input only'
complete -c xauth -n '__xauth_in login' -l device -d 'Log in with another device, by a code'
complete -c xauth -n '__xauth_in login' -l timeout -x -d 'How long to wait for the person (300)'
complete -c xauth -n '__xauth_in login' -l client-credentials -d 'Log in the application itself, without a person'
complete -c xauth -n '__xauth_in login' -l expect-account -x -d 'Refuse the login of any other account'
complete -c xauth -n '__xauth_in login' -l force -d 'Replace another account\'s or provider\'s login'
complete -c xauth -n '__xauth_in login' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 login' -a '(__xauth_profiles; __xauth_providers)' -d 'PROFILE'
complete -c xauth -n '__xauth_in token' -s o -l output -x -a 'token header json env curl' -d 'How to print it'
complete -c xauth -n '__xauth_in token' -l id-token -d 'The ID token instead (with -o json, besides)'
complete -c xauth -n '__xauth_in token' -l min-ttl -x -d 'How long it must still be valid (60)'
complete -c xauth -n '__xauth_in token' -l no-refresh -d 'Never ask the provider'
complete -c xauth -n '__xauth_in token' -l force-refresh -d 'Refresh even if it is still valid'
complete -c xauth -n '__xauth_in token' -l no-newline -d 'Print no newline after it'
complete -c xauth -n '__xauth_in token' -l with-refresh-token -d 'Also the refresh token (with -o json only)'
complete -c xauth -n '__xauth_in token' -l shell -x -a 'sh bash zsh fish' -d 'Which shell\'s command -o env prints (sh)'
complete -c xauth -n '__xauth_at 1 token' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in refresh' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 refresh' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in status' -l check -d 'Ask each provider whether it takes the token'
complete -c xauth -n '__xauth_in status' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 status' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in whoami' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 whoami' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in inspect' -l introspect -d 'Ask the provider about the access token'
complete -c xauth -n '__xauth_in inspect' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 inspect' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in logout' -l all -d 'Of all profiles'
complete -c xauth -n '__xauth_in logout' -l no-revoke -d 'Only delete, without asking the provider'
complete -c xauth -n '__xauth_in logout' -l forget -d 'Delete its settings and client secret too'
complete -c xauth -n '__xauth_in logout' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 logout' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in use' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 use' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in exec' -l env -x -d 'The variable that holds it (XAUTH_TOKEN)'
complete -c xauth -n '__xauth_in exec' -l min-ttl -x -d 'How long it must still be valid (60)'
complete -c xauth -n '__xauth_at 1 exec; and not __xauth_behind_dashes' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in exec; and __xauth_behind_dashes' -a '(__xauth_pass_on)'
complete -c xauth -n '__xauth_in curl' -l min-ttl -x -d 'How long it must still be valid (60)'
complete -c xauth -n '__xauth_at 1 curl; and not __xauth_behind_dashes' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in curl; and __xauth_behind_dashes' -a '(__xauth_pass_on curl)'
complete -c xauth -n '__xauth_at 1 credential' -a git -d 'Answer git on its standard input'
complete -c xauth -n '__xauth_at 1 credential' -a docker -d 'Answer docker on its standard input'
complete -c xauth -n '__xauth_at 1 credential' -a kubernetes -d 'Answer kubectl and other clients'
complete -c xauth -n '__xauth_at 1 credential git' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_at 2 credential git' -a 'get store erase' -d 'ACTION'
complete -c xauth -n '__xauth_at 1 credential docker' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_at 2 credential docker' -a 'get store erase list' -d 'ACTION'
complete -c xauth -n '__xauth_in credential kubernetes' -l id-token -d 'The ID token instead'
complete -c xauth -n '__xauth_at 1 credential kubernetes' -a '(__xauth_profiles)' -d 'PROFILE'
complete -c xauth -n '__xauth_in config' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 config' -a 'list get set unset path' -d 'ACTION'
complete -c xauth -n '__xauth_at 2 config' -a 'storage sealed_by browser password_command default (__xauth_profile_keys)' -d 'KEY'
complete -c xauth -n '__xauth_at 3 config' -a '(__xauth_setting_values)' -d 'VALUE'
complete -c xauth -n '__xauth_in doctor' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 doctor' -a '(__xauth_profiles; __xauth_providers)' -d 'PROFILE'
complete -c xauth -n '__xauth_at 1 provider' -a list -d 'Name them'
complete -c xauth -n '__xauth_at 1 provider' -a show -d 'Show one: what to register there, and its quirks'
complete -c xauth -n '__xauth_at 1 provider' -a discover -d 'Show what an issuer says of itself'
complete -c xauth -n '__xauth_in provider list' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_in provider show' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 provider show' -a '(__xauth_providers)' -d 'ID'
complete -c xauth -n '__xauth_in provider discover' -l ca-file -r -F -d 'Trust these certificates, not the system\'s'
complete -c xauth -n '__xauth_in provider discover' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_in demo' -l serve -d 'Keep that provider running until Ctrl-C'
complete -c xauth -n '__xauth_in demo' -l approve -d 'Consent by itself, without a browser'
complete -c xauth -n '__xauth_in demo' -l browser -x -a '(__fish_complete_command)' -d 'The browser to start (%s is the URL)'
complete -c xauth -n '__xauth_in demo' -s o -l output -x -a 'json' -d 'Print the result as JSON'
complete -c xauth -n '__xauth_at 1 completion' -a 'bash zsh fish' -d 'SHELL'
complete -c xauth -n '__xauth_at 1 help' -a login -d 'Log in through the browser'
complete -c xauth -n '__xauth_at 1 help' -a token -d 'Print a valid access token'
complete -c xauth -n '__xauth_at 1 help' -a refresh -d 'Refresh the tokens now'
complete -c xauth -n '__xauth_at 1 help' -a status -d 'Show each login and whether it is still good'
complete -c xauth -n '__xauth_at 1 help' -a whoami -d 'Ask the provider who this token is'
complete -c xauth -n '__xauth_at 1 help' -a inspect -d 'Show what is in the tokens, never a token'
complete -c xauth -n '__xauth_at 1 help' -a logout -d 'Revoke the tokens and delete them'
complete -c xauth -n '__xauth_at 1 help' -a use -d 'Set the default profile'
complete -c xauth -n '__xauth_at 1 help' -a exec -d 'Run a command with a token in its environment'
complete -c xauth -n '__xauth_at 1 help' -a curl -d 'Run curl with a token in its header'
complete -c xauth -n '__xauth_at 1 help' -a credential -d 'Answer another tool that wants a password'
complete -c xauth -n '__xauth_at 1 help' -a config -d 'Read and change the settings'
complete -c xauth -n '__xauth_at 1 help' -a doctor -d 'Find what keeps a login from working'
complete -c xauth -n '__xauth_at 1 help' -a provider -d 'Show the providers that xauth knows'
complete -c xauth -n '__xauth_at 1 help' -a demo -d 'Try it all on a built-in provider'
complete -c xauth -n '__xauth_at 1 help' -a completion -d 'Print the completion script of a shell'
complete -c xauth -n '__xauth_at 1 help credential' -a git -d 'Answer git on its standard input'
complete -c xauth -n '__xauth_at 1 help credential' -a docker -d 'Answer docker on its standard input'
complete -c xauth -n '__xauth_at 1 help credential' -a kubernetes -d 'Answer kubectl and other clients'
complete -c xauth -n '__xauth_at 1 help provider' -a list -d 'Name them'
complete -c xauth -n '__xauth_at 1 help provider' -a show -d 'Show one: what to register there, and its quirks'
complete -c xauth -n '__xauth_at 1 help provider' -a discover -d 'Show what an issuer says of itself'
