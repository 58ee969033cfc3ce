//! Source with a counter at every branch.
//!
//! A branch is: either outcome of an `if`; an arm of a `match`, one for each alternative of its pattern; either value of
//! a guard, of an operand of `&&` and `||`, of a comparison, and of the common tests that answer with a `bool`; either
//! outcome of `?`, of `let … else` and of what chooses between the cases of an `Option`; a closure that runs.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the grammar of Rust is open; what is not named has no branch"
)]

use anyhow::{Result, anyhow};
use quote::ToTokens as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, BinOp, Block, Expr, Item, Pat, Stmt, parse_quote};

/// Where control may go, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The file's name.
    pub file: String,
    /// Line, counted from one.
    pub line: usize,
    /// The function it is in.
    pub function: String,
    /// Which way, with the source text: "`a < b` is false".
    pub what: String,
}

/// Methods that answer with a `bool` and stand for a branch of their own.
const TESTS: [&str; 13] = [
    "all",
    "any",
    "contains",
    "ends_with",
    "eq_ignore_ascii_case",
    "is_empty",
    "is_none",
    "is_none_or",
    "is_some",
    "is_some_and",
    "starts_with",
    "is_negated",
    "reads_variables",
];

/// Methods of `Option` and `Result` that choose by what they hold.
const CHOICES: [&str; 5] = ["map_or", "map_or_else", "unwrap_or", "unwrap_or_default", "unwrap_or_else"];

/// The module that counts, for `count` branches; the instrumented crate calls it `reached`.
pub fn counters(count: usize) -> String {
    format!(
        "#![allow(warnings, clippy::all)]
use std::sync::atomic::{{AtomicU32, Ordering}};
pub static SEEN: [AtomicU32; {count}] = [const {{ AtomicU32::new(0) }}; {count}];
pub fn hit(branch: usize) {{
    if SEEN[branch].load(Ordering::Relaxed) < 100 {{ SEEN[branch].fetch_add(1, Ordering::Relaxed); }}
}}
pub fn both(branch: usize, holds: bool) -> bool {{ hit(branch + usize::from(!holds)); holds }}
pub trait Outcome {{ fn is_good(&self) -> bool; }}
impl<T> Outcome for Option<T> {{ fn is_good(&self) -> bool {{ self.is_some() }} }}
impl<T, E> Outcome for Result<T, E> {{ fn is_good(&self) -> bool {{ self.is_ok() }} }}
pub fn tried<T: Outcome>(branch: usize, outcome: T) -> T {{ both(branch, outcome.is_good()); outcome }}
"
    )
}

/// The text of a file with a counter at every branch, whose branches are added to `branches`. Tests are left out.
///
/// # Errors
/// When the text is not Rust.
pub fn instrument(file: &str, text: &str, branches: &mut Vec<Branch>) -> Result<String> {
    let mut parsed = syn::parse_file(text)
        .map_err(|error| anyhow!("{file}:{}: not rust source: {error}", error.span().start().line))?;
    parsed.items.retain(|item| !is_test(item));
    let mut instrument = Instrument { file: file.to_owned(), function: String::new(), branches };
    instrument.visit_file_mut(&mut parsed);
    Ok(parsed.into_token_stream().to_string())
}

fn is_test(item: &Item) -> bool {
    let Item::Mod(module) = item else { return false };
    module.attrs.iter().any(|attribute| attribute.to_token_stream().to_string().contains("test"))
}

struct Instrument<'a> {
    file: String,
    function: String,
    branches: &'a mut Vec<Branch>,
}

/// A piece of source as it was before anything was put into it.
struct Piece {
    line: usize,
    text: String,
}

impl Piece {
    fn of(spanned: &impl syn::spanned::Spanned) -> Self {
        let span = spanned.span();
        let text = span.source_text().unwrap_or_default();
        Self { line: span.start().line, text: text.split_whitespace().collect::<Vec<_>>().join(" ") }
    }
}

impl Instrument<'_> {
    /// The number of a new branch.
    fn branch(&mut self, piece: &Piece, what: String) -> usize {
        let (file, function) = (self.file.clone(), self.function.clone());
        self.branches.push(Branch { file, line: piece.line, function, what });
        self.branches.len() - 1
    }

    fn pair(&mut self, piece: &Piece, outcomes: [&str; 2]) -> usize {
        let [first, _] = outcomes.map(|outcome| self.branch(piece, format!("`{}` {outcome}", piece.text)));
        first
    }

    /// Counts both values of a condition, unless they are counted already.
    fn condition(&mut self, expr: &mut Expr, piece: &Piece) {
        if matches!(expr, Expr::Let(_)) || is_logical(expr) || is_counted(expr) {
            return;
        }
        let branch = self.pair(piece, ["is true", "is false"]);
        *expr = parse_quote!(crate::reached::both(#branch, #expr));
    }

    fn outcome(&mut self, expr: &mut Expr, piece: &Piece) {
        let branch = self.pair(piece, ["is there", "is not there"]);
        *expr = parse_quote!(crate::reached::tried(#branch, #expr));
    }

    fn enter(&mut self, block: &mut Block, piece: &Piece, what: String) {
        let branch = self.branch(piece, what);
        block.stmts.insert(0, parse_quote!(crate::reached::hit(#branch);));
    }

    fn arms(&mut self, arms: &mut Vec<Arm>) {
        let mut split = Vec::new();
        for mut arm in arms.drain(..) {
            let whole = Piece::of(&arm.pat);
            let guard = guard(&mut arm.pat);
            for pat in alternatives(arm.pat.clone()) {
                // What was put together anew has no place of its own.
                let mut piece = Piece::of(&pat);
                piece.line = piece.line.max(whole.line);
                let branch = self.branch(&piece, format!("arm `{}`", pattern_text(&pat)));
                let body = &arm.body;
                let pat = match &guard {
                    Some(guard) => parse_quote!(#pat if #guard),
                    None => pat.into_token_stream(),
                };
                split.push(parse_quote!(#pat => { crate::reached::hit(#branch); #body }));
            }
        }
        *arms = split;
    }
}

/// A pattern as it is written, without regard to white space.
fn pattern_text(pat: &Pat) -> String {
    let tokens = pat.to_token_stream().to_string();
    [(" :: ", "::"), (" (", "("), ("( ", "("), (" )", ")"), (" ,", ","), (",)", ")"), ("& ", "&")]
        .iter()
        .fold(tokens, |text, (from, to)| text.replace(from, to))
}

/// Takes the guard off a pattern.
fn guard(pat: &mut Pat) -> Option<Expr> {
    let Pat::Guard(guarded) = pat else { return None };
    let guard = (*guarded.guard).clone();
    let bare = (*guarded.pat).clone();
    *pat = bare;
    Some(guard)
}

/// The alternatives of a pattern, at any depth, each as a pattern of its own.
fn alternatives(pat: Pat) -> Vec<Pat> {
    match pat {
        Pat::Or(or) => or.cases.into_iter().flat_map(alternatives).collect(),
        Pat::Paren(paren) => alternatives(*paren.pat),
        Pat::Tuple(tuple) => {
            let several = product(tuple.elems.iter());
            several.into_iter().map(|elems| parse_quote!((#(#elems,)*))).collect()
        }
        Pat::TupleStruct(tuple) => {
            let path = tuple.path;
            let several = product(tuple.elems.iter());
            several.into_iter().map(|elems| parse_quote!(#path(#(#elems),*))).collect()
        }
        other => vec![other],
    }
}

/// Every choice of one alternative for each of the patterns.
fn product<'a>(pats: impl Iterator<Item = &'a Pat>) -> Vec<Vec<Pat>> {
    pats.fold(vec![Vec::new()], |chosen, pat| {
        let alternatives = alternatives(pat.clone());
        let longer = |chosen: &Vec<Pat>| {
            let with = |pat: &Pat| chosen.iter().cloned().chain([pat.clone()]).collect();
            alternatives.iter().map(with).collect::<Vec<Vec<Pat>>>()
        };
        chosen.iter().flat_map(longer).collect()
    })
}

fn is_logical(expr: &Expr) -> bool {
    match expr {
        Expr::Binary(binary) => matches!(binary.op, BinOp::And(_) | BinOp::Or(_)),
        Expr::Paren(paren) => is_logical(&paren.expr),
        _ => false,
    }
}

fn is_counted(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => call.func.to_token_stream().to_string().ends_with("both"),
        Expr::Paren(paren) => is_counted(&paren.expr),
        Expr::Unary(unary) => is_counted(&unary.expr),
        _ => false,
    }
}

/// `matches!` written out as the `match` that it is.
fn written_out(expr: &Expr) -> Option<Expr> {
    let Expr::Macro(call) = expr else { return None };
    if !call.mac.path.is_ident("matches") {
        return None;
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        let asked: Expr = input.parse()?;
        let _: syn::Token![,] = input.parse()?;
        let pat = Pat::parse_multi_with_leading_vert(input)?;
        let guard: Option<syn::Token![if]> = input.parse()?;
        let guard: Option<Expr> = guard.map(|_| input.parse()).transpose()?;
        let _: Option<syn::Token![,]> = input.parse()?;
        let guard = guard.map(|guard| quote::quote!(if #guard));
        Ok::<Expr, syn::Error>(parse_quote!(match #asked { #pat #guard => true, _ => false }))
    };
    call.mac.parse_body_with(parse).ok()
}

impl VisitMut for Instrument<'_> {
    fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
        if item.sig.constness.is_none() {
            let outer = std::mem::replace(&mut self.function, item.sig.ident.to_string());
            visit_mut::visit_item_fn_mut(self, item);
            self.function = outer;
        }
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        if item.sig.constness.is_none() {
            let outer = std::mem::replace(&mut self.function, item.sig.ident.to_string());
            visit_mut::visit_impl_item_fn_mut(self, item);
            self.function = outer;
        }
    }

    // What is constant is computed by the compiler.
    fn visit_item_const_mut(&mut self, _: &mut syn::ItemConst) {}
    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}
    fn visit_item_static_mut(&mut self, _: &mut syn::ItemStatic) {}

    fn visit_block_mut(&mut self, block: &mut Block) {
        let mut stmts = Vec::new();
        for mut stmt in std::mem::take(&mut block.stmts) {
            let piece = Piece::of(&stmt);
            self.visit_stmt_mut(&mut stmt);
            let mut goes_on = None;
            if let Stmt::Local(local) = &mut stmt
                && let Some(init) = &mut local.init
                && let Some((_, diverge)) = &mut init.diverge
            {
                goes_on = Some(self.branch(&piece, format!("`{}` goes on", piece.text)));
                let branch = self.branch(&piece, format!("`{}` does not go on", piece.text));
                **diverge = parse_quote!({ crate::reached::hit(#branch); #diverge });
            }
            stmts.push(stmt);
            stmts.extend(goes_on.map(|branch| -> Stmt { parse_quote!(crate::reached::hit(#branch);) }));
        }
        block.stmts = stmts;
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let piece = Piece::of(expr);
        if let Some(full) = written_out(expr) {
            *expr = full;
        }
        let parts = operands(expr);
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::If(chosen) => {
                let condition = parts.first().map_or(String::new(), |part| part.text.clone());
                self.enter(&mut chosen.then_branch, &piece, format!("`if {condition}` is taken"));
                let not = format!("`if {condition}` is not taken");
                match &mut chosen.else_branch {
                    Some((_, other)) => {
                        if let Expr::Block(block) = &mut **other {
                            self.enter(&mut block.block, &piece, not);
                        }
                    }
                    None => {
                        let branch = self.branch(&piece, not);
                        chosen.else_branch =
                            Some((Default::default(), parse_quote!({ crate::reached::hit(#branch); })));
                    }
                }
            }
            Expr::Match(chosen) => self.arms(&mut chosen.arms),
            Expr::Closure(closure) => {
                let branch = self.branch(&piece, format!("`{}` runs", piece.text));
                let body = &closure.body;
                closure.body = parse_quote!({ crate::reached::hit(#branch); #body });
            }
            Expr::Try(tried) => {
                if let Some(part) = parts.first() {
                    self.outcome(&mut tried.expr, part);
                }
            }
            Expr::Binary(binary) => match binary.op {
                BinOp::And(_) | BinOp::Or(_) => {
                    for (operand, part) in [&mut binary.left, &mut binary.right].into_iter().zip(&parts) {
                        self.condition(operand, part);
                    }
                }
                BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => {
                    self.condition(expr, &piece);
                }
                _ => {}
            },
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                match parts.first() {
                    Some(part) if method == "then_some" || method == "then" => {
                        self.condition(&mut call.receiver, part);
                    }
                    Some(part) if CHOICES.contains(&&*method) => self.outcome(&mut call.receiver, part),
                    Some(_) | None if TESTS.contains(&&*method) => self.condition(expr, &piece),
                    Some(_) | None => {}
                }
            }
            _ => {}
        }
    }

    fn visit_pat_guard_mut(&mut self, guarded: &mut syn::PatGuard) {
        let piece = Piece::of(&guarded.guard);
        visit_mut::visit_pat_guard_mut(self, guarded);
        self.condition(&mut guarded.guard, &piece);
    }
}

/// The parts of an expression that are counted on their own, as they are written.
fn operands(expr: &Expr) -> Vec<Piece> {
    match expr {
        Expr::If(chosen) => vec![Piece::of(&chosen.cond)],
        Expr::Try(tried) => vec![Piece::of(&tried.expr)],
        Expr::Binary(binary) => vec![Piece::of(&binary.left), Piece::of(&binary.right)],
        Expr::MethodCall(call) => vec![Piece::of(&call.receiver)],
        _ => Vec::new(),
    }
}
