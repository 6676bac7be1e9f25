//! What an organisation keeps of its own: quotes, needs, deals.

pub mod quotes;
