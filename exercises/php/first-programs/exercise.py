# ---
# title: First programs in PHP
# kind: program
# seconds: 8
# ---

# %% [markdown]
# # First programs in PHP
#
# You have joined the team of a small web shop. The shop is written in Python, but its nightly jobs are PHP programs that somebody
# wrote years ago, and some of them are wrong in ways that nobody noticed. You write three of them again.
#
# Each task is one program, in a cell that begins with `%%php NAME`. The tests run it with inputs of their own: a program reads **standard
# input**, writes its answer to **standard output** and its complaints to **standard error**, and ends with an **exit status**, 0 when
# all went well. Running the cell runs the program once, with nothing to read.
#
# | in Python | in PHP |
# | --- | --- |
# | `sys.stdin.read()` | `stream_get_contents(STDIN)` |
# | `for line in sys.stdin:` | `while (($line = fgets(STDIN)) !== false) { … }` |
# | `print("text")` | `echo "text\n";` |
# | `print("text", file=sys.stderr)` | `fwrite(STDERR, "text\n");` |
# | `sys.exit(1)` | `exit(1);` |
#
# Begin each program with `<?php` and `declare(strict_types=1);`, as the cells do. Warnings count as complaints: a program that
# causes one has not done its work.

# %% tags=["setup"] grade_id="setup"
import json

from autograder.student import hint, student

# %% [markdown]
# ## Task 1: what was sold (5 points)
#
# The warehouse wants to know what to pack. `report.php` reads lines of the form `SKU;quantity`. (An SKU is the shop's name of
# a product.) It prints one line for each SKU, `SKU: sum`, the largest sum first, and SKUs with the same sum in the order of the
# alphabet, as `strcmp` has it.
#
# | it reads | it prints |
# | --- | --- |
# | `tea;2` <br> `mug;1` <br> `tea;3` | `tea: 5` <br> `mug: 1` |
# | nothing | nothing |
#
# A quantity is a whole number of 1 or more. Empty lines mean nothing. An SKU is text without a semicolon, and some look like
# numbers: `10`, `9` and `010` are three different products, and as text `10` comes before `9`.

# %% tags=["task"] grade_id="report" language="php" magic_args="report.php"
# <?php
#
# declare(strict_types=1);
#
# // ### BEGIN SOLUTION
# $units = [];
# while (($line = fgets(STDIN)) !== false) {
#     $line = trim($line);
#     if ($line === '') {
#         continue;
#     }
#     [$sku, $quantity] = explode(';', $line);
#     $units[$sku] = ($units[$sku] ?? 0) + (int) $quantity;
# }
#
# $skus = array_map(strval(...), array_keys($units));  // PHP made a number of a key such as '10'
# usort($skus, fn (string $a, string $b): int => $units[$b] <=> $units[$a] ?: strcmp($a, $b));
# foreach ($skus as $sku) {
#     echo "$sku: $units[$sku]\n";
# }
# // ### END SOLUTION

# %% tags=["test"] grade_id="test_report" points=5 skills=["php.language"] coverage=["S09"]
done = student.run("report.php", "tea;2\nmug;1\ntea;3\n")
assert done.stdout == "tea: 5\nmug: 1\n", hint("sum")
assert (done.stderr, done.exit_code) == ("", 0), hint("clean")
done = student.run("report.php", "pot;1\nmug;4\ncup;4\n")
assert done.stdout == "cup: 4\nmug: 4\npot: 1\n", hint("order")
done = student.run("report.php", "")
assert (done.stdout, done.stderr, done.exit_code) == ("", "", 0), hint("clean")
### BEGIN HIDDEN TESTS
done = student.run("report.php", "tea;12\n\npot;9\n   \nmug;100")
assert (done.stdout, done.stderr) == ("mug: 100\ntea: 12\npot: 9\n", ""), hint("lines")
done = student.run("report.php", "9;1\n10;1\n010;1\ntea;1\n10;1\n9;1\n010;1\ntea;1\n1e1;2\n")
assert (done.stdout, done.stderr) == ("010: 2\n10: 2\n1e1: 2\n9: 2\ntea: 2\n", ""), hint("number-keys")
done = student.run("report.php", "b;1\nB;1\na;1\n")
assert (done.stdout, done.stderr) == ("B: 1\na: 1\nb: 1\n", ""), hint("order")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: prices without a fault (5 points)
#
# Suppliers send price lists with a price in each line: `12.50`. The shop counts in cents, as whole numbers. `cents.php` reads such
# lines and prints the price in cents for each.
#
# A price is written with at least one digit, perhaps followed by a point and **one or two** digits: `12`, `12.5`, `12.50`, `0.07`. White
# space at both ends of a line doesn't matter. Anything else is not a price, an empty line included, and no price is above `999999.99`.
#
# Write a function `cents(string $text): int` that throws an `InvalidArgumentException` for what isn't a price. The program then goes
# on with the next line: for a wrong line it writes `line 2: not a price` to **standard error**, with the line's number counted from 1, and
# nothing to standard output. When any line was wrong, it ends with exit status 1, else with 0.
#
# | it reads | standard output | standard error | exit status |
# | --- | --- | --- | --- |
# | `12.50` <br> `3` <br> `0.5` | `1250` <br> `300` <br> `50` | | 0 |
# | `1.00` <br> `free` <br> `2.00` | `100` <br> `200` | `line 2: not a price` | 1 |

# %% tags=["task"] grade_id="cents" language="php" magic_args="cents.php"
# <?php
#
# declare(strict_types=1);
#
# /** @throws InvalidArgumentException when the text is not a price */
# function cents(string $text): int
# {
# // ### BEGIN SOLUTION
#     if (preg_match('/^0*([0-9]{1,6})(?:\.([0-9]{1,2}))?\z/', $text, $parts) !== 1) {
#         throw new InvalidArgumentException('not a price');
#     }
#     return (int) $parts[1] * 100 + (int) str_pad($parts[2] ?? '', 2, '0');
# // ### END SOLUTION
# }
#
# // ### BEGIN SOLUTION
# $status = 0;
# for ($number = 1; ($line = fgets(STDIN)) !== false; $number++) {
#     try {
#         echo cents(trim($line)), "\n";
#     } catch (InvalidArgumentException $problem) {
#         fwrite(STDERR, "line $number: {$problem->getMessage()}\n");
#         $status = 1;
#     }
# }
# exit($status);
# // ### END SOLUTION

# %% tags=["test"] grade_id="test_cents" points=5 skills=["php.errors"] coverage=["S09"]
done = student.run("cents.php", "12.50\n3\n0.5\n")
assert (done.stdout, done.stderr, done.exit_code) == ("1250\n300\n50\n", "", 0), hint("price")
done = student.run("cents.php", "1.00\nfree\n2.00\n")
assert done.stdout == "100\n200\n", hint("goes-on")
assert done.stderr == "line 2: not a price\n", hint("complaint")
assert done.exit_code == 1, hint("status")
### BEGIN HIDDEN TESTS
done = student.run("cents.php", "19.99\n0.07\n0.29\n8.2\n4.35\n999999.99\n")
assert (done.stdout, done.stderr) == ("1999\n7\n29\n820\n435\n99999999\n", ""), hint("float")
done = student.run("cents.php", "  7.10 \n\t1\n000000012.30\r\n00000000")
assert (done.stdout, done.stderr, done.exit_code) == ("710\n100\n1230\n0\n", "", 0), hint("spaces")
wrong = [
    "1.234",
    "1.",
    ".5",
    "-1",
    "+1",
    "1,50",
    "1e3",
    "0x1A",
    "12 EUR",
    "1 2",
    "",
    "1000000",
    "9" * 30,
    "1.5.2",
    "\u0663",
]
done = student.run("cents.php", "".join(f"{text}\n7\n" for text in wrong))
complaints = done.stderr.splitlines()
taken = [text for number, text in enumerate(wrong) if f"line {2 * number + 1}: not a price" not in complaints]
assert taken == [], hint("strict")
assert (done.stdout, done.exit_code) == ("700\n" * len(wrong), 1), hint("strict")
done = student.run("cents.php", "x\n1\ny\nz\n2\n")
assert (done.stdout, done.exit_code) == ("100\n200\n", 1), hint("goes-on")
assert done.stderr == "".join(f"line {number}: not a price\n" for number in (1, 3, 4)), hint("complaint")
done = student.run("cents.php", "")
assert (done.stdout, done.stderr, done.exit_code) == ("", "", 0), hint("status")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: which vouchers are good (4 points)
#
# A voucher has a code of letters and digits. The old program let a customer in with the code `1000` though the voucher was `1e3`. `vouchers.php`
# reads a JSON object and prints a JSON object:
#
# - `codes` is the list of the vouchers that were given out, each a text.
# - `tried` is the list of what customers typed, of any JSON type.
# - Print `{"good": […], "unknown": […]}`: the entries of `tried`, in their order, each in the list that it belongs to. An entry is good when it **is**
#   one of the codes, character for character. A good code is good once: typed a second time, it is unknown.
#
# When the input is not JSON, print nothing to standard output, write one line to standard error that begins with `not JSON: `, and end with
# exit status 2. You may rely on JSON that has both lists.
#
# | it reads | it prints |
# | --- | --- |
# | `{"codes": ["1e3", "SUMMER"], "tried": ["SUMMER", "1000", "1e3"]}` | `{"good":["SUMMER","1e3"],"unknown":["1000"]}` |
#
# A warning: to PHP, `"1e3" == "1000"` is true.

# %% tags=["task"] grade_id="vouchers" language="php" magic_args="vouchers.php"
# <?php
#
# declare(strict_types=1);
#
# // ### BEGIN SOLUTION
# try {
#     $input = json_decode(stream_get_contents(STDIN), flags: JSON_THROW_ON_ERROR);
# } catch (JsonException $problem) {
#     fwrite(STDERR, "not JSON: {$problem->getMessage()}\n");
#     exit(2);
# }
#
# $left = $input->codes;
# $result = ['good' => [], 'unknown' => []];
# foreach ($input->tried as $code) {
#     $place = array_search($code, $left, true);
#     if ($place === false) {
#         $result['unknown'][] = $code;
#     } else {
#         $result['good'][] = $code;
#         unset($left[$place]);
#     }
# }
# echo json_encode($result, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
# // ### END SOLUTION


# %% tags=["test"] grade_id="test_vouchers" points=4 skills=["php.language", "php.errors"] coverage=["S09"]
def vouchers(codes, tried):
    """Return what the program prints for these codes, as Python sees it."""
    done = student.run("vouchers.php", json.dumps({"codes": codes, "tried": tried}))
    assert (done.stderr, done.exit_code) == ("", 0), hint("clean")
    assert done.stdout[:1] == "{", hint("lists")
    return json.loads(done.stdout)


assert vouchers(["A", "B"], []) == {"good": [], "unknown": []}, hint("lists")
assert vouchers(["A", "B"], ["A", "X"]) == {"good": ["A"], "unknown": ["X"]}, hint("first-place")
assert vouchers(["1e3", "SUMMER"], ["SUMMER", "1000", "1e3"]) == {
    "good": ["SUMMER", "1e3"],
    "unknown": ["1000"],
}, hint("loose")
done = student.run("vouchers.php", '{"codes": [')
assert (done.stdout, done.exit_code) == ("", 2), hint("json-error")
assert done.stderr.startswith("not JSON: ") and len(done.stderr.splitlines()) == 1, hint("json-error")
### BEGIN HIDDEN TESTS
assert vouchers(["A", "B"], ["B", "X", "A"]) == {"good": ["B", "A"], "unknown": ["X"]}, hint("first-place")
assert vouchers(["A"], ["A", "A", "B"]) == {"good": ["A"], "unknown": ["A", "B"]}, hint("once")
assert vouchers(["A", "B", "A"], ["A", "A", "A"]) == {"good": ["A", "A"], "unknown": ["A"]}, hint("once")
assert vouchers(["0e12", "10"], ["0e34", "10.0", " 10", "1e1", "10"]) == {
    "good": ["10"],
    "unknown": ["0e34", "10.0", " 10", "1e1"],
}, hint("loose")
assert vouchers(["A", "1", "0", ""], [True, 1, 0, None, False, ["A"], "a"]) == {
    "good": [],
    "unknown": [True, 1, 0, None, False, ["A"], "a"],
}, hint("loose")
assert vouchers(["Größe"], ["Größe", "Gr"]) == {"good": ["Größe"], "unknown": ["Gr"]}, hint("lists")
for text in ("", "{'codes': []}"):
    done = student.run("vouchers.php", text)
    assert (text, done.stdout, done.exit_code) == (text, "", 2), hint("json-error")
### END HIDDEN TESTS

# %% [markdown]
# ## When all is green
#
# - Run task 2 with `19.99` and the line `return (int) ((float) $text * 100);`. Why is a cent missing? What would `round` change, and what not?
# - Take `declare(strict_types=1);` out of a program, and hand a number to a function that wants a `string`. Who notices?
