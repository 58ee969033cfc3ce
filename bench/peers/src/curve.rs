//! The growth curve: time over statements, both logarithmic, one line for each engine.

use std::fmt::Write as _;

use doorward_bench::ways;

use crate::measured::Measured;
use crate::table::grouped;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 520.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 640.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 460.0;

/// How far apart labels are at least.
const LABEL_GAP: f64 = 17.0;

/// The sizes on the lower edge.
const SIZES: [f64; 3] = [50.0, 500.0, 5_000.0];

/// Colours that can be told apart on white and on black. The first is Doorward's.
const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#24292f}.soft{fill:#57606a}.grid{stroke:#d0d7de;stroke-width:1}\
.line{fill:none;stroke:#8c959f;stroke-width:1.6}.dot{fill:#8c959f}.ours{stroke:#0969da;stroke-width:3}.ours.dot{fill:#0969da}\
.kin{stroke:#54aeff;stroke-width:1.6;stroke-dasharray:5 4}.kin.dot{fill:#54aeff}text.ours{fill:#0969da;stroke:none;font-weight:600}\
text.kin{fill:#218bff;stroke:none}circle.dot{stroke:none}.lead{stroke:#afb8c1;stroke-width:.8;fill:none}\
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9198a1}.grid{stroke:#30363d}.line{stroke:#7d8590}.dot{fill:#7d8590}\
.ours{stroke:#58a6ff}.ours.dot{fill:#58a6ff}text.ours{fill:#58a6ff}.kin{stroke:#388bfd}.kin.dot{fill:#388bfd}text.kin{fill:#79c0ff}.lead{stroke:#484f58}}";

/// One line: an engine, and its points as statements and nanoseconds.
struct Line {
    engine: &'static str,
    points: Vec<(f64, f64)>,
}

/// The picture, as SVG.
pub fn drawn(results: &[Measured]) -> String {
    let lines = lines(results);
    let most = lines.iter().flat_map(|line| &line.points).map(|(_, time)| *time).fold(1_000.0, f64::max);
    let least = lines.iter().flat_map(|line| &line.points).map(|(_, time)| *time).fold(100.0, f64::min);
    let decades = (least.log10().floor(), most.log10().ceil());
    let height = |time: f64| BOTTOM - (time.log10() - decades.0) / (decades.1 - decades.0) * (BOTTOM - TOP);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Time per decision over \
         the number of statements, for Doorward and other engines\">\n<style>{STYLE}</style>\n\
         <text x=\"{LEFT}\" y=\"24\" style=\"font-size:16px;font-weight:600\">Time per decision, one core</text>\n\
         <text class=\"soft\" x=\"{LEFT}\" y=\"42\">an allowed request under so many statements; both scales logarithmic</text>\n"
    );
    axes(&mut svg, decades, &height);
    let mut labels: Vec<(f64, f64, &Line)> = Vec::new();
    for line in &lines {
        draw(&mut svg, line, &height);
        if let Some((_, time)) = line.points.last() {
            labels.push((height(*time), height(*time), line));
        }
    }
    spread(&mut labels);
    for (wanted, place, line) in labels {
        label(&mut svg, line, wanted, place);
    }
    svg.push_str("</svg>\n");
    svg
}

fn lines(results: &[Measured]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for row in results.iter().filter(|row| row.workload.starts_with('w')) {
        let Some(one) = row.own.first() else { continue };
        let point = (row.statements as f64, one.sample.median.max(1.0));
        match lines.iter_mut().find(|line| line.engine == row.engine) {
            Some(line) => line.points.push(point),
            None => lines.push(Line { engine: row.engine, points: vec![point] }),
        }
    }
    lines
}

fn across(statements: f64) -> f64 {
    let [first, _, last] = SIZES.map(f64::log10);
    LEFT + 30.0 + (statements.log10() - first) / (last - first) * (RIGHT - LEFT - 60.0)
}

/// What a line is drawn as.
fn class(engine: &str) -> &'static str {
    match engine {
        ways::PREPARED => "ours",
        _ if engine.starts_with("doorward") => "kin",
        _ => "",
    }
}

fn axes(svg: &mut String, decades: (f64, f64), height: &impl Fn(f64) -> f64) {
    let mut decade = decades.0;
    while decade <= decades.1 {
        let (time, y) = (10f64.powf(decade), height(10f64.powf(decade)));
        let _ = writeln!(svg, "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{RIGHT}\"/>");
        let _ = writeln!(
            svg,
            "<text class=\"soft\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + 4.0,
            unit(time)
        );
        decade += 1.0;
    }
    for size in SIZES {
        let x = across(size);
        let _ = writeln!(svg, "<path class=\"grid\" d=\"M{x:.1} {BOTTOM}v6\"/>");
        let _ = writeln!(
            svg,
            "<text class=\"soft\" x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            BOTTOM + 22.0,
            grouped(size)
        );
    }
    let _ = writeln!(
        svg,
        "<text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">statements in the user's own policies</text>",
        LEFT.midpoint(RIGHT),
        BOTTOM + 44.0
    );
}

fn unit(time: f64) -> String {
    let (divisor, unit) = match time {
        time if time >= 1e9 => (1e9, "s"),
        time if time >= 1e6 => (1e6, "ms"),
        time if time >= 1e3 => (1e3, "µs"),
        _ => (1.0, "ns"),
    };
    format!("{:.0} {unit}", time / divisor)
}

fn draw(svg: &mut String, line: &Line, height: &impl Fn(f64) -> f64) {
    let class = class(line.engine);
    let points: Vec<String> = line
        .points
        .iter()
        .map(|(statements, time)| format!("{:.1},{:.1}", across(*statements), height(*time)))
        .collect();
    let _ = writeln!(svg, "<polyline class=\"line {class}\" points=\"{}\"/>", points.join(" "));
    for (statements, time) in &line.points {
        let (x, y) = (across(*statements), height(*time));
        let _ = writeln!(svg, "<circle class=\"dot {class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>");
    }
}

/// Moves labels apart, from the top down, and up again from the bottom.
fn spread(labels: &mut [(f64, f64, &Line)]) {
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut least = f64::NEG_INFINITY;
    for label in labels.iter_mut() {
        label.1 = label.1.max(least);
        least = label.1 + LABEL_GAP;
    }
    let mut most = BOTTOM + LABEL_GAP;
    for label in labels.iter_mut().rev() {
        label.1 = label.1.min(most);
        most = label.1 - LABEL_GAP;
    }
}

fn label(svg: &mut String, line: &Line, wanted: f64, place: f64) {
    let last = line.points.last().copied().unwrap_or((1.0, 1.0));
    let (x, class) = (across(last.0), class(line.engine));
    let start = RIGHT + 6.0;
    let _ = writeln!(svg, "<path class=\"lead\" d=\"M{:.1} {wanted:.1}L{start} {place:.1}\"/>", x + 5.0);
    // A line that ends early is no match for those beside its label.
    let [.., most] = SIZES;
    let early = if last.0 < most { format!(" at {}", grouped(last.0)) } else { String::new() };
    let _ = writeln!(
        svg,
        "<text class=\"{class}\" x=\"{}\" y=\"{:.1}\">{} · {}{early}</text>",
        start + 4.0,
        place + 4.0,
        line.engine,
        precise(last.1)
    );
}

/// Three digits or so, with a unit.
fn precise(time: f64) -> String {
    let (amount, unit) = match time {
        time if time >= 1e9 => (time / 1e9, "s"),
        time if time >= 1e6 => (time / 1e6, "ms"),
        time if time >= 1e3 => (time / 1e3, "µs"),
        _ => (time, "ns"),
    };
    if amount < 10.0 { format!("{amount:.1} {unit}") } else { format!("{amount:.0} {unit}") }
}
