# SPDX-License-Identifier: MIT
# Reads ctest's LastTest.log and says what was passed and failed, in rows of QtTest and in checks of
# the scripts, both of which end with `N passed, N failed`. The last line is the total; the exit
# code is 1 when something failed. initTestCase and cleanupTestCase are no tests and not counted. A
# test that ctest calls failed though its own total shows no failure (a crash, a time-out, a leak
# found at exit) counts as one failed; one that printed no total counts as one.
/^[0-9]+\/[0-9]+ Testing: / {
    name = $0
    sub(/^[0-9]+\/[0-9]+ Testing: /, "", name)
    p = f = s = frame = totals = 0
    next
}
/^PASS   : .*::(initTestCase|cleanupTestCase)\(\)$/ { frame++ }
/^(Totals: )?[0-9]+ passed, [0-9]+ failed/ {
    line = $0
    sub(/^Totals: /, "", line)
    split(line, word, /[ ,]+/)
    p += word[1]
    f += word[3]
    if (word[6] == "skipped") s += word[5]
    totals++
}
/^Test (Passed|Failed)\.$/ {
    ok = ($2 == "Passed.")
    p = p > frame ? p - frame : 0
    if (!totals && ok) p = 1
    if (!ok && !f) { f = 1; say = say "  " name ": failed outside its rows (crash, time-out or sanitizer)\n" }
    else if (f) say = say "  " name ": " f " failed\n"
    passed += p
    failed += f
    skipped += s
    tests++
}
END {
    if (!tests) failed++
    if (say != "") printf "\nFailed:\n%s", say
    if (skipped) printf "%d skipped\n", skipped
    printf "%d tests\n%d passed, %d failed\n", tests, passed, failed
    exit failed > 0
}
