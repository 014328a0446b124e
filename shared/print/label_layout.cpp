#include "shared/print/label_layout.hpp"

namespace plus7::print {
namespace {

void draw_sign(Canvas& canvas, const Box& box, const std::string& text, const std::string& word, const SignStyle& style,
               bool white) {
    const double pad = style.padding;
    const bool with_caption = style.caption > 0 && !word.empty();
    const double caption_height = with_caption ? style.caption * 0.45 : 0;  // mm; a line is 1.17 of its size in points
    const Box caption{box.x + pad, box.y + pad / 2, box.width - 2 * pad, caption_height};
    const TextStyle small{.largest = style.caption, .smallest = style.caption / 2, .white = white};
    if (with_caption) canvas.text(caption, small, word);
    const Box sign{box.x + pad, box.y + caption_height + pad, box.width - 2 * pad,
                   box.height - caption_height - 2 * pad};
    canvas.text(sign,
                {.largest = style.largest,
                 .smallest = style.smallest,
                 .fit = Fit::sign,
                 .bold = true,
                 .align = Align::center,
                 .white = white},
                text);
}

}  // namespace

void draw_signs(Canvas& canvas, const Box& black, const Box& white, const Label& label, const LabelWords& words,
                const SignStyle& style) {
    const bool both = !label.cell.empty() && !label.route.empty();
    if (label.cell.empty() && label.route.empty()) return;
    const Box ground = both ? black : Box{black.x, black.y, white.x + white.width - black.x, black.height};
    canvas.fill(ground);
    const bool has_cell = !label.cell.empty();
    draw_sign(canvas, ground, has_cell ? label.cell : label.route, has_cell ? words.cell : words.route, style, true);
    if (!both) return;
    canvas.frame(white, style.frame);
    draw_sign(canvas, white, label.route, words.route, style, false);
}

void draw_marks(Canvas& canvas, const LabelPaper& paper, const LabelMarks& marks) {
    canvas.bars(paper.bars, marks.bars, paper.bars_module);
    if (marks.qr) canvas.qr(paper.qr, *marks.qr, paper.qr_module);
}

std::string lines_of(const Label& label) {
    std::string text;
    for (const auto& line : label.address)
        if (!line.empty()) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::string lead_of(const std::string& caption) { return caption.empty() ? "" : caption + ": "; }

}  // namespace plus7::print
