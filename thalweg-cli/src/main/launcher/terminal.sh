# What the standard streams are; read by every launcher with '.'. Java cannot ask before version 22.
terminal="-Dthalweg.terminal=false" # whether standard error is a terminal, for progress
[ ! -t 2 ] || terminal="-Dthalweg.terminal=true"
if [ -t 1 ]; then # for colours, and how wide tables may be
    columns=$( (stty size </dev/tty) 2>/dev/null | cut -d ' ' -f 2)
    terminal="$terminal -Dthalweg.stdout=true -Dthalweg.columns=${COLUMNS:-${columns:-80}}"
fi
