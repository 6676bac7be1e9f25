use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

#[test]
fn only_the_public_internet_is_public() {
    for closed in [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.19.0.1",
        "168.63.129.16",
        "224.0.0.1",
        "239.1.1.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "fd00:ec2::254",
        "fe80::1",
        "ff02::1",
        "2002:a00:1::1",
        "2001::1",
        "2001:db8::1",
    ] {
        assert!(!is_public(closed.parse().unwrap()), "{closed}");
    }
    for open in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "193.0.0.1", "2606:4700::1111", "2a00:1450::1"] {
        assert!(is_public(open.parse().unwrap()), "{open}");
    }
}

#[tokio::test]
async fn addresses_that_reach_inside_are_refused_however_they_are_written() {
    let outside = Outside::new(Reach::default()).unwrap();
    for address in [
        "https://127.0.0.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0/",
        "https://192.168.0.1:8443/",
        "https://[fe80::1]/",
        "https://①②⑦.0.0.1/",
    ] {
        let found = outside.check(address).unwrap_err();
        assert!(matches!(found, Refusal::NotPublic { .. }), "{address}: {found}");
    }
    for address in
        ["http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/"]
    {
        assert!(outside.check(address).is_err(), "{address}");
    }
    assert_eq!(outside.check("https://a:b@example.com/").unwrap_err(), Refusal::Login);
    assert!(outside.check("https://example.com/hook?x=1").is_ok());
}

#[tokio::test]
async fn a_name_that_points_inside_is_not_called() {
    for found in [vec!["10.0.0.1"], vec!["1.1.1.1", "127.0.0.1"], vec!["::ffff:192.168.0.1"], vec![]] {
        let found: Vec<IpAddr> = found.iter().map(|it| it.parse().unwrap()).collect();
        let outside = Outside::with(
            Reach::default(),
            Arc::new(move |_| Box::pin(std::future::ready(Ok(found.clone())))),
        );
        let refused = outside.unwrap().send("POST", "https://evil.example/", &[], vec![]).await.unwrap_err();
        let text = refused.to_string();
        assert!(text.contains("not a public") || text.contains("no address"), "{text}");
    }
}

/// The first look-up says one thing and the second another: only one is made, and what it said is what is called.
#[tokio::test]
async fn a_name_is_looked_up_once_for_each_call() {
    let (port, _) = serve("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    let look_up: LookUp = Arc::new(move |_| {
        let first = seen.fetch_add(1, Ordering::SeqCst) == 0;
        let found: IpAddr = if first { [127, 0, 0, 1].into() } else { [10, 0, 0, 1].into() };
        Box::pin(std::future::ready(Ok(vec![found])))
    });
    let outside = Outside::with(Reach { loopback: true, private: false }, look_up).unwrap();
    let heard = outside.send("POST", &format!("http://localhost:{port}/"), &[], vec![]).await.unwrap();
    assert_eq!(
        (heard.status, heard.body.as_slice(), count.load(Ordering::SeqCst)),
        (200, b"ok".as_slice(), 1)
    );
}

#[tokio::test]
async fn redirections_are_not_followed() {
    let (port, calls) =
        serve("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n").await;
    let outside = Outside::new(Reach { loopback: true, private: false }).unwrap();
    let heard = outside.send("POST", &format!("http://127.0.0.1:{port}/"), &[], vec![]).await.unwrap();
    assert_eq!((heard.status, calls.load(Ordering::SeqCst)), (302, 1));
}

#[tokio::test]
async fn a_long_answer_is_cut_off() {
    let long: &'static str = Box::leak(
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}", "x".repeat(ANSWER_BYTES + 1))
            .into_boxed_str(),
    );
    let (port, _) = serve(long).await;
    let outside = Outside::new(Reach { loopback: true, private: false }).unwrap();
    let refused = outside.send("GET", &format!("http://127.0.0.1:{port}/"), &[], vec![]).await.unwrap_err();
    assert_eq!(refused, Refusal::TooLong);
}

async fn serve(answer: &'static str) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, calls) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            seen.fetch_add(1, Ordering::SeqCst);
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (port, calls)
}
