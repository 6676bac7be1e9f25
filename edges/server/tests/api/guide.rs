//! The guide to the API: its commands run against a server.

use std::process::Command;

use crate::Server;

const GUIDE: &str = include_str!("../../../../docs/api.md");

/// Blocks of commands, each as it stands.
fn blocks() -> Vec<&'static str> {
    GUIDE.split("```sh\n").skip(1).filter_map(|it| it.split_once("\n```")).map(|it| it.0).collect()
}

#[tokio::test]
async fn the_commands_of_the_guide_run() {
    let server = Server::shared();
    // The first answer must be there before it is asked for with curl, which does not wait for a debug build.
    assert_eq!(server.get("/api/v1/answers/sample").await.status, 200);
    let dir = server.dir.join("guide");
    std::fs::create_dir_all(&dir).unwrap();
    assert!(blocks().len() >= 6);
    for block in blocks() {
        let run = Command::new("sh")
            .args(["-euc", block])
            .current_dir(&dir)
            .env("PERIPLUS_URL", &server.url)
            .output();
        let run = run.unwrap();
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        assert!(run.status.success(), "{block}\n{said}{}", String::from_utf8_lossy(&run.stderr));
        assert!(!said.trim().is_empty(), "it says something: {block}");
    }
    for file in ["answer.json", "sample.json", "map.json", "plans.pdf", "plans.arrows", "report.json"] {
        assert!(std::fs::metadata(dir.join(file)).unwrap().len() > 100, "{file}");
    }
}
