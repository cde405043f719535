//! What cannot be meant: a code, a place, a remedy.

use crate::evidence;

/// Wrong input: a code, a place, a remedy, and exit code 2 or 4.
#[test]
fn wrong_input_is_said_clearly() {
    let folder = tempfile::tempdir().unwrap();
    let shares = "interval --hits r --of n";
    let cases = [
        ("u,r,n\na,5,4\n", shares, 4, "S0701", "line 2 of `data.csv`: `r` is more than `n` (5 of 4)"),
        ("u,r,n\na,1,4\nb,-1,4\n", shares, 4, "S0701", "line 3 of `data.csv`: `r` is negative (-1)"),
        ("u,r,n\na,0,0\n", shares, 4, "S0701", "`n` is 0"),
        ("u,r,n\na,NaN,4\n", shares, 4, "S0701", "`r` is missing"),
        ("u,r,n\na,,4\n", shares, 4, "S0701", "`r` is missing"),
        ("u,r,n\na,one,4\n", shares, 4, "S0104", "line 2"),
        ("u,r,n\na,inf,4\n", shares, 4, "S0104", "line 2"),
        ("u,r,n\na,1,4\na,2,4\n", shares, 4, "S0102", "lines 2 and 3"),
        ("u,r,n\n,1,4\n", shares, 4, "S0701", "`u` is missing"),
        ("u,r,n\n", shares, 4, "S0101", "no rows"),
        ("u,r\na,1\n", shares, 4, "S0112", "no column `n`"),
        ("u,r,n\na,1,4\n", "interval --hits r --of n --confidence 1", 2, "confidence", "above 0 and below 1"),
        ("u,r,n\na,1,4\n", "interval --value r", 2, "U0001", "--error"),
        ("u,r,n\na,1,4\n", "interval --value r --error n --method wilson", 2, "--hits", ""),
        ("u,r,n\na,1,4\nb,2,4\n", "funnel --hits r --of n", 4, "S0702", "three"),
        (
            "u,r,n\na,1,4\nb,2,4\n",
            "funnel --hits r --of n --dispersion ignored --winsorise 0.2",
            2,
            "U0001",
            "no effect",
        ),
        ("u,r,n\na,1,4\nb,2,4\nc,1,3\n", "funnel --hits r --of n --winsorise 0.5", 2, "U0001", "below 0.5"),
        ("u,r,n\na,0,4\nb,4,4\n", "shrink --hits r --of n", 4, "S0701", "all or nothing"),
        ("u,v,s\na,1,0\nb,2,1\n", "shrink --value v --error s", 4, "S0701", "not above 0 (0)"),
        ("u,v,s\na,1,1\nb,2,1\nc,3,1\n", "shrink --value v --error s --towards s", 4, "S0701", "--towards"),
        ("u,v,s\na,1,1\nb,2,1\n", "shrink --value v --error s --spread wide", 2, "U0001", "paule-mandel"),
        ("u,v\na,1\nb,2\nc,3\n", "shrink --value v --variance 1", 4, "S0702", "at least 4"),
        ("u,v\na,1\nb,2\n", "bootstrap --value v --replications 20", 2, "U0001", "--replications"),
        ("u,v\na,1\nb,2\n", "bootstrap --value v --by u", 4, "S0702", "group `a`"),
        ("u,v\na,1\nb,2\n", "bootstrap --value v --block auto", 2, "U0001", "bca"),
        ("u,v\na,1\nb,2\n", "bootstrap --value v --of v", 2, "U0001", "--statistic ratio"),
        ("u,v\na,1\nb,2\nc,3\n", "difference --value v --between u", 2, "U0001", "--groups FIRST,SECOND"),
        ("u,v\na,1\nb,2\n", "difference --value v --between u", 4, "S0702", "group `a`: 1"),
        ("u,v\na,1\nb,2\n", "difference --value v --between u --groups a,z", 2, "U0001", "`z`"),
        ("u,v,s\na,1,-1\n", "ranks --value v --error s", 4, "S0701", "not at least 0 (-1)"),
        ("u,v,s\na,1,1\nb,2,1\n", "ranks --value v --error s --unit z", 2, "U0001", "no unit `z`"),
        ("u,p\na,5\n", "adjust --p p", 4, "S0701", "write 5 % as 0.05"),
        ("p,hit\n0.5,2\n", "poisson-binomial --p p --hit hit", 4, "S0701", "neither 0 nor 1 (2)"),
        ("p,hit\n,1\n", "poisson-binomial --p p --hit hit", 4, "S0701", "`p` is missing"),
        ("v,t\n1,a\n2,a\n", "design --value v --cluster t", 4, "S0702", "clusters: 1"),
        ("w\n-1\n", "design --weight w", 4, "S0701", "negative (-1)"),
        ("w\n0\n", "design --weight w", 4, "S0702", "all weights are 0"),
        ("u,r,n\na,1,4\n", "interval --hits r --of n --out data.csv", 2, "U0001", "written over"),
    ];
    for (table, arguments, code, finding, text) in cases {
        let outcome = evidence(&folder, table, &format!("{arguments} --data data.csv"));
        assert_eq!(outcome.code, code, "{arguments}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(finding) && outcome.stderr.contains(text), "{arguments}: {}", outcome.stderr);
        assert!(outcome.stdout.is_empty(), "{arguments}: {}", outcome.stdout);
    }
    // Cases without a value do not count, and this is said.
    let outcome = evidence(&folder, "v\n1\n\n2\n4\n", "quantile --value v --data data.csv -o csv");
    assert_eq!(outcome.code, 0);
    let outcome = evidence(&folder, "u,v\na,1\nb,\nc,2\nd,4\n", "quantile --value v --data data.csv -o csv");
    assert!(outcome.stderr.contains("S0703") && outcome.stderr.contains("1 of 4 rows"), "{}", outcome.stderr);
}
