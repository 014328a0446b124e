// 100 × 150 mm: sender and order, the way, the recipient with QR, what to know at the door, the bars.
#include "shared/print/label_layout.hpp"

namespace plus7::print {
namespace {

constexpr double left = 4, right = 96, width = right - left;
constexpr double line = 0.375;  // three dots
constexpr double caption_height = 3.2;
constexpr TextStyle caption_style{.largest = 7, .smallest = 4};

// A caption and, below it, its text; nothing for an empty text.
void field(Canvas& canvas, const Box& box, const std::string& caption, const std::string& text,
           const TextStyle& style) {
    if (text.empty()) return;
    TextStyle small = caption_style;
    small.align = style.align;
    canvas.text({box.x, box.y, box.width, caption_height}, small, caption);
    canvas.text({box.x, box.y + caption_height, box.width, box.height - caption_height}, style, text);
}

void rule(Canvas& canvas, double y) { canvas.fill({left, y, width, line}); }

void draw_head(Canvas& canvas, const Label& label, const LabelWords& words) {
    field(canvas, {left, 4, 52, 12}, words.sender, label.sender,
          {.largest = 11, .smallest = 7, .fit = Fit::lines, .bold = true});
    field(canvas, {60, 4, right - 60, 12}, words.order, label.order,
          {.largest = 16, .smallest = 7, .bold = true, .align = Align::right});
}

// What lies between the way and the slot, and gives way to nothing.
void draw_recipient(Canvas& canvas, const Label& label, const LabelWords& words, bool has_qr, double bottom) {
    const double wide = has_qr ? 58 : width;
    double y = 43;
    if (!label.recipient.empty()) {
        canvas.text({left, y, wide, caption_height}, caption_style, words.recipient);
        y += caption_height;
        y += canvas.text({left, y, wide, 13}, {.largest = 16, .smallest = 9, .fit = Fit::lines, .bold = true},
                         label.recipient);
        y += 1;
    }
    canvas.text({left, y, wide, bottom - y}, {.largest = 12.5, .smallest = 6.5, .fit = Fit::lines}, lines_of(label));
}

// A frame, so that nobody hands the parcel over without.
void draw_cash(Canvas& canvas, const Label& label, const LabelWords& words, double y) {
    constexpr double height = 12, thick = 0.75;
    canvas.frame({left, y, width, height}, thick);
    canvas.text({left + 2.5, y + 1.5, 34, height - 3}, {.largest = 11, .smallest = 6, .fit = Fit::sign}, words.cash);
    canvas.text({left + 38, y + 1.5, width - 40.5, height - 3},
                {.largest = 24, .smallest = 9, .fit = Fit::sign, .bold = true, .align = Align::right}, label.cash);
}

void draw(Canvas& canvas, const LabelPaper& paper, const Label& label, const LabelWords& words,
          const LabelMarks& marks) {
    draw_head(canvas, label, words);
    draw_signs(canvas, {left, 17.5, 54, 23}, {59, 17.5, right - 59, 23}, label, words,
               {.caption = 7, .largest = 64, .smallest = 12, .padding = 2.5});
    const bool has_cash = !label.cash.empty();
    const double foot = 101;  // of what to know at the door
    if (has_cash) draw_cash(canvas, label, words, foot - 1);
    const double door = has_cash ? 86.5 : 99;
    draw_recipient(canvas, label, words, marks.qr.has_value(), door - 1.5);
    field(canvas, {left, door + 1, 60, 11.5}, words.slot, label.slot, {.largest = 16, .smallest = 8, .bold = true});
    field(canvas, {66, door + 1, right - 66, 11.5}, words.piece, label.piece,
          {.largest = 16, .smallest = 8, .bold = true, .align = Align::right});
    const bool has_door = !label.slot.empty() || !label.piece.empty();
    if (has_door) rule(canvas, door);
    if (has_door && !has_cash) rule(canvas, 112);
    draw_marks(canvas, paper, marks);
    canvas.text({left, 138.5, width, 8},
                {.largest = 17, .smallest = 7, .bold = true, .align = Align::center, .digits = true}, label.code);
}

}  // namespace

const LabelPaper& standard_paper() {
    static constexpr LabelPaper paper{.width = 100,
                                      .height = 150,
                                      .bars = {1.5, 115, 97, 23},
                                      .bars_module = 0.5,
                                      .qr = {66, 44.5, 30, 30},
                                      .qr_module = 0.875,
                                      .draw = draw};
    return paper;
}

}  // namespace plus7::print
