### Wrong usage, and what stands behind a line of help.

# $value (text)
usage-default = [default: { $value }]
# $values (text)
usage-possible = [possible values: { $values }]
# $name (text)
usage-environment = [env: { $name }]
# $argument (text)
usage-unknown-argument = `{ $argument }` is not an argument of this command
# $command (text)
usage-unknown-command = there is no command `{ $command }`
# $arguments (text)
usage-missing-argument = missing: { $arguments }
usage-missing-command = a command is missing
# $argument (text)
# $value (text)
usage-wrong-value = `{ $value }` does not fit `{ $argument }`
# $argument (text)
usage-value-missing = `{ $argument }` needs a value
# $argument (text)
# $other (text)
usage-conflict = `{ $argument }` cannot be used with `{ $other }`
usage-other = the command cannot be read
# $similar (text)
usage-similar = similar: { $similar }
# $command (text)
usage-more = `{ $command } --help` tells more
# $message (text)
detail-in-english = details, in English: { $message }
