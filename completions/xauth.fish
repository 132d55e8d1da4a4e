# Fish completion for xauth.

# The words before the cursor that are neither options nor values of options, one a line.
function __xauth_words
    set -l with_value --config-dir --color -o --output --provider --provider-param --issuer \
        --authorize-url --token-url --device-url --revoke-url --userinfo-url --ca-file --client-id \
        --client-secret-file --client-key-file --client-certificate-file --client-auth \
        --scope --add-scope --audience --resource --param --token-param --prompt --login-hint \
        --max-age --redirect-uri --port --listen --browser --timeout --expect-account --min-ttl
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

# Whether the command is still to come.
function __xauth_wants_command
    set -l words (__xauth_words)
    test (count $words) -eq 0; or test "$words" = help
end

# Whether the command is one of the arguments.
function __xauth_command
    set -l words (__xauth_words)
    test (count $words) -gt 0; and contains -- $words[1] $argv
end

# Whether the command takes a profile, and has none yet.
function __xauth_wants_profile
    __xauth_command login token refresh status whoami inspect logout use
    and test (count (__xauth_words)) -eq 1
end

# Whether the command is `provider show`, and has no provider yet.
function __xauth_wants_provider
    set -l words (__xauth_words)
    test "$words" = 'provider show'
end

# Whether the command is `provider`, and nothing has been said yet of what to show.
function __xauth_wants_provider_command
    set -l words (__xauth_words)
    test "$words" = provider
end

# What the program says to the arguments; nothing when it cannot tell. A config directory without
# settings is not looked at: the program would take the access of others away from a directory that
# is not its own.
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
    $command 2>/dev/null </dev/null
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

complete -c xauth -f
complete -c xauth -n __xauth_wants_command -a login -d 'Log in through the browser'
complete -c xauth -n __xauth_wants_command -a token -d 'Print a valid access token'
complete -c xauth -n __xauth_wants_command -a refresh -d 'Refresh the tokens now'
complete -c xauth -n __xauth_wants_command -a status -d 'Show each login and whether it is still good'
complete -c xauth -n __xauth_wants_command -a whoami -d 'Ask the provider who this token is'
complete -c xauth -n __xauth_wants_command -a inspect -d 'Show what is in the tokens, never a token'
complete -c xauth -n __xauth_wants_command -a logout -d 'Revoke the tokens and delete them'
complete -c xauth -n __xauth_wants_command -a use -d 'Set the default profile'
complete -c xauth -n __xauth_wants_command -a config -d 'Read and change the settings'
complete -c xauth -n __xauth_wants_command -a provider -d 'Show the providers that xauth knows'
complete -c xauth -n __xauth_wants_command -a demo -d 'Try it all on a built-in provider'
complete -c xauth -n 'not count (__xauth_words) >/dev/null' -a help -d 'Print the help of a command'
complete -c xauth -n __xauth_wants_profile -a '(__xauth_profiles)' -d Profile
complete -c xauth -n __xauth_wants_provider_command -a list -d 'Name them'
complete -c xauth -n __xauth_wants_provider_command -a show -d 'Show one'
complete -c xauth -n __xauth_wants_provider_command -a discover -d 'Show what an issuer says of itself'
complete -c xauth -n __xauth_wants_provider -a '(__xauth_providers)'

complete -c xauth -s h -l help -d 'Print this help'
complete -c xauth -s q -l quiet -d 'Say only what must be read'
complete -c xauth -s v -l verbose -d 'Say more'
complete -c xauth -l trace -d 'Show requests and answers, without secrets'
complete -c xauth -l config-dir -x -a '(__fish_complete_directories)' -d 'Where settings and tokens are kept'
complete -c xauth -l color -x -a 'auto always never' -d 'Colours on standard error'
complete -c xauth -n 'not count (__xauth_words) >/dev/null' -l version -d 'Print the version'

set -l in_login -c xauth -n '__xauth_command login'
complete $in_login -l provider -x -a '(__xauth_providers)' -d 'A provider that xauth knows'
complete $in_login -l provider-param -x -d 'NAME=VALUE, a part of its URLs, as a tenant'
complete $in_login -l issuer -x -d 'An issuer, whose metadata says the rest'
complete $in_login -l authorize-url -x -d 'The authorize endpoint'
complete $in_login -l token-url -x -d 'The token endpoint'
complete $in_login -l device-url -x -d 'The device authorization endpoint'
complete $in_login -l revoke-url -x -d 'The revocation endpoint'
complete $in_login -l userinfo-url -x -d 'The account endpoint'
complete -c xauth -n '__xauth_command login provider' -l ca-file -r -F -d 'Trust these certificates, not the system\'s'
complete $in_login -l client-credentials -d 'Log in the application itself, without a person'
complete $in_login -l client-id -x -d 'The client ID of your application'
complete $in_login -l client-secret-file -r -F -d 'Read its secret there (-: standard input)'
complete $in_login -l client-key-file -r -F -d 'Its private key, PEM or JWK'
complete $in_login -l client-certificate-file -r -F -d 'Its certificate, for tls_client_auth'
set -l client_auth none basic post client_secret_jwt private_key_jwt tls_client_auth
complete $in_login -l client-auth -x -a "$client_auth" -d 'How the application proves itself'
complete $in_login -l scope -x -d 'Ask for this scope'
complete $in_login -l add-scope -x -d 'Ask for this one besides'
complete $in_login -l audience -x -d 'The API that the token is for, by name'
complete $in_login -l resource -x -d 'The same by address'
complete $in_login -l param -x -d 'Add KEY=VALUE to the authorize request'
complete $in_login -l token-param -x -d 'Add KEY=VALUE to the token requests'
complete $in_login -l prompt -x -a 'login consent select_account none' -d 'What the provider is to ask again'
complete $in_login -l login-hint -x -d 'Who is to log in, for the provider\'s form'
complete $in_login -l max-age -x -d 'How long ago the sign-in may have been'
complete $in_login -l redirect-uri -x -d 'As registered (repeatable, tried in order)'
complete $in_login -l port -x -d 'Port of the default redirect URI (0: any)'
complete $in_login -l listen -x -d 'Where to listen, if not at the redirect URI'
complete $in_login -l no-browser -d 'Print the URL, start no browser'
complete $in_login -l paste -d 'Take the redirected URL from the input only'
complete $in_login -l device -d 'Log in with another device, by a code'
complete $in_login -l timeout -x -d 'How long to wait for the person'
complete $in_login -l expect-account -x -d 'Refuse the login of any other account'
complete $in_login -l force -d 'Replace another account\'s or provider\'s login'

set -l in_token -c xauth -n '__xauth_command token'
complete $in_token -s o -l output -x -a 'token header json env curl' -d 'How to print it'
complete $in_token -l id-token -d 'The ID token instead'
complete $in_token -l min-ttl -x -d 'How long it must still be valid'
complete $in_token -l no-refresh -d 'Never ask the provider'
complete $in_token -l force-refresh -d 'Refresh even if it is still valid'
complete $in_token -l no-newline -d 'Print no newline after it'
complete $in_token -l with-refresh-token -d 'Also the refresh token (with -o json only)'

complete -c xauth -n '__xauth_command inspect' -l introspect -d 'Ask the provider about the access token'

set -l in_logout -c xauth -n '__xauth_command logout'
complete $in_logout -l all -d 'Of all profiles'
complete $in_logout -l no-revoke -d 'Only delete, without asking the provider'
complete $in_logout -l forget -d 'Delete its settings and client secret too'

set -l in_demo -c xauth -n '__xauth_command demo'
complete $in_demo -l serve -d 'Keep that provider running until Ctrl-C'
complete $in_demo -l approve -d 'Consent by itself, without a browser'

complete -c xauth -n '__xauth_command config; and test (count (__xauth_words)) -eq 1' -a 'list get set unset path'
complete -c xauth -n '__xauth_command config; and test (count (__xauth_words)) -eq 2' \
    -a 'default browser password_command storage'

complete -c xauth -n '__xauth_command login demo' -l browser -x -a '(__fish_complete_command)' -d 'The browser to start (%s is the URL)'
complete -c xauth -n '__xauth_command login refresh status whoami inspect logout use config provider demo' -s o -l output -x -a json -d 'Print the result as JSON'
