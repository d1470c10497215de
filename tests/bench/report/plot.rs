//! A curve as an SVG that reads on light and on dark ground.

use std::fmt::Write;

use crate::growth::Curve;

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 260.0;
/// Room for the words: left, right, above, below.
const ROOM: [f64; 4] = [56.0, 16.0, 28.0, 44.0];

/// A line through the points, both axes from nought on.
pub fn svg(curve: &Curve) -> String {
    let greatest = |of: fn(&(f64, f64)) -> f64| step(curve.points.iter().map(of).fold(f64::MIN_POSITIVE, f64::max));
    let ((x_step, x_max), (y_step, y_max)) = (greatest(|point| point.0), greatest(|point| point.1));
    let [left, right, above, below] = ROOM;
    let x = |value: f64| left + value / x_max * (WIDTH - left - right);
    let y = |value: f64| HEIGHT - below - value / y_max * (HEIGHT - above - below);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"11\" fill=\"#808080\" role=\"img\" aria-label=\"{} against {}\">\n",
        curve.y, curve.x
    );
    let mut put = |line: String| writeln!(out, "{line}").expect("a string takes everything");
    for at in ticks(x_step, x_max) {
        put(format!(
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            x(at),
            HEIGHT - below + 16.0,
            short(at)
        ));
    }
    for at in ticks(y_step, y_max) {
        let line = y(at);
        let end = WIDTH - right;
        put(format!("<path d=\"M{left} {line:.1}H{end}\" stroke=\"#808080\" stroke-opacity=\"0.3\"/>"));
        put(format!("<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>", left - 6.0, line + 4.0, short(at)));
    }
    let points: Vec<String> = curve.points.iter().map(|point| format!("{:.1},{:.1}", x(point.0), y(point.1))).collect();
    put(format!("<polyline points=\"{}\" fill=\"none\" stroke=\"#3b82f6\" stroke-width=\"2\"/>", points.join(" ")));
    for point in &curve.points {
        put(format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"#3b82f6\"/>", x(point.0), y(point.1)));
    }
    put(format!("<text x=\"{left}\" y=\"16\">{}</text>", curve.y));
    put(format!("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", WIDTH - right, HEIGHT - 8.0, curve.x));
    out + "</svg>\n"
}

/// A round distance of marks for values up to this, and where the last one is.
fn step(most: f64) -> (f64, f64) {
    let scale = 10f64.powf((most / 5.0).log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * scale);
    let step = round.into_iter().find(|step| most / step <= 5.0).unwrap_or(most);
    (step, (most / step).ceil().max(1.0) * step)
}

fn ticks(step: f64, most: f64) -> impl Iterator<Item = f64> {
    (0..=(most / step).round() as u32).map(move |number| f64::from(number) * step)
}

/// Without digits that say nothing.
fn short(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
