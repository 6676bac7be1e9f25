//! One suite, two databases: every test below runs on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects")]

mod backup;
mod door;
mod kill;
mod layout;
mod place;
mod radar;
mod tenancy;
mod trail;
mod work;

/// `both! { name, ... }`: each async function of the module takes a `Place` and becomes two tests.
#[macro_export]
macro_rules! both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { $crate::place::on_sqlite(super::$name); })+
        }
        mod postgres {
            $(#[test] fn $name() { $crate::place::on_postgres(super::$name); })+
        }
    };
}
