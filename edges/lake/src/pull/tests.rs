use super::*;

#[test]
fn every_origin_names_an_importer_that_exists_or_a_page() {
    for origin in ORIGINS {
        assert!(origin.url.starts_with("https://"), "{}", origin.name);
        if let Some(kind) = origin.kind {
            assert_eq!(crate::import::find_importer(kind).unwrap().name, kind);
        }
        assert_eq!(origin.by_hand.is_none(), !origin.file_name.is_empty(), "{}", origin.name);
        assert_eq!(find_origin(origin.name).unwrap().name, origin.name);
    }
}

#[test]
fn without_curl_it_says_so() {
    let error = fetch_with("no-such-program-as-curl", "https://example.org/x.csv").unwrap_err();
    assert_eq!(
        error.to_string(),
        "PRP-1420: nothing was downloaded: the program curl is not installed; download https://example.org/x.csv in a browser \
and run periplus data import FILE"
    );
}

#[test]
fn without_a_network_it_says_so() {
    let error = curl_fault(
        "https://www.ecb.europa.eu/a.zip",
        Some(6),
        "curl: (6) Could not resolve host: www.ecb.europa.eu",
    );
    assert_eq!(
        error.to_string(),
        "PRP-1421: nothing was downloaded: there is no way to www.ecb.europa.eu from here (curl: (6) Could not resolve host: \
www.ecb.europa.eu); bring https://www.ecb.europa.eu/a.zip by hand and run periplus data import FILE"
    );
    assert!(!error.is_bad_input());
    let refused = curl_fault("https://x.org/a", Some(22), "curl: (22) The requested URL returned error: 404");
    assert!(matches!(refused, LakeError::Download { .. }), "{refused}");
}

#[test]
fn a_page_is_for_a_person() {
    let error = fetch(find_origin("baci").unwrap()).unwrap_err();
    assert!(error.to_string().starts_with("PRP-1423: bilateral flows by HS6"), "{error}");
}

#[test]
fn an_unknown_name_suggests_the_nearest() {
    let error = find_origin("ecb-rate").unwrap_err().to_string();
    assert!(error.ends_with("did you mean ecb-rates?"), "{error}");
}
