# Messages of the command line itself. Hints end in -hint.

prp-1902 = unknown setting '{ $key }' in { $path }
prp-1902-hint = nearest: { $nearest }; known: { $known }
prp-1903 = setting { $key } cannot be '{ $value }' ({ $origin })
prp-1903-hint = expected: { $expect }
prp-1904 = cannot read the settings in { $path }: { $why }
prp-1904-hint = mend the file, or move it away; periplus config show --origin lists what is in force
prp-1905 = there is no last answer
prp-1905-hint = run periplus radar scan first, or name a file with --answer
prp-1906 = { $path } cannot be read as an answer: { $why }
prp-1906-hint = answers are written by periplus radar scan NEED --out FILE
prp-1907 = the answer has no plan '{ $plan }'
prp-1907-hint = nearest: { $nearest }; there are: { $known }
prp-1908 = plan { $plan } has no figure '{ $figure }'
prp-1908-hint = nearest: { $nearest }; there are: { $known }
prp-1909 = nothing in the answer speaks of '{ $asked }'
prp-1909-hint =
    { $nearest ->
        [none] {""}
       *[other] nearest: { $nearest };{" "}
    }one of the reasons { $known }; or one of { $count } economies (name or code), a mode, a passage or a plan
prp-1910 = no explanation is filed under '{ $code }'
prp-1910-hint = nearest: { $nearest }; periplus explain lists all codes
prp-1911 = cannot write { $path }: { $why }
prp-1911-hint = check the disk and the folder's permissions
prp-1912 = this command cannot answer as { $format }
prp-1912-hint = it can as: { $known }
prp-1914 = the answer has no plan: none was feasible
prp-1914-hint = periplus radar why-not lists what stood in the way; radar scan names the smallest changes that would help
prp-1915 = the book or engine '{ $book }' is not there
prp-1915-hint = periplus doctor says what is missing; periplus data import FILE brings it
prp-1919 = { $format } is not for a terminal
prp-1919-hint = send it to a file, for example: > answer.{ $format }
prp-1900 = { $why }
prp-1900-hint = run again with -v, and keep the input: with it the failure can be repeated
prp-1916 = cannot read { $path }: { $why }
prp-1916-hint = check the name and the folder you stand in
prp-1917 = { $path } lacks the column { $missing }
prp-1917-hint = looked for: { $looked }; found: { $found }
prp-1918 = { $bad } of { $all } rows of { $path } could not be used
prp-1918-hint = mend the rows that are named and run again
prp-1920 = { $path } does not verify: { $count } places differ, first { $first }
prp-1920-hint = the file was changed, or another version of Periplus wrote it
prp-1921 = { $path } has no dossier, so nothing can be decided again
prp-1921-hint = write the answer with periplus radar scan NEED --out FILE
prp-1922 = { $what } needs the network, and --offline forbids it
prp-1922-hint = leave --offline out, or bring the file by hand: periplus data import FILE
prp-1923 = the answer breaks an invariant: { $broken }
prp-1923-hint = keep the answer file and report it; treat the plan as wrong
prp-1924 = damaged books: { $count }
prp-1924-hint = periplus data rollback BOOK goes back to the edition before; periplus data import FILE makes it anew
prp-1925 = no tariff of { $importer } is loaded
prp-1925-hint = loaded: { $known }; periplus data import FILE brings another
prp-1926 = the tariff of { $importer } has no measure for HS { $hs } in force on { $date }
prp-1926-hint = try fewer digits, or another day with --as-of
prp-1927 = '{ $value }' is not an amount with a currency
prp-1927-hint = write for example "95000 GBP"
prp-1928 = '{ $given }' is not a fact
prp-1928-hint = write --fact NAME=VALUE, for example --fact origin.wholly_obtained=yes
prp-1929 = '{ $given }' is not a mode
prp-1929-hint = one of sea, air, rail, road
prp-1930 = '{ $given }' is not a mass
prp-1930-hint = write for example "20 t" or "500 kg"
