// 58 × 40 mm: the same as on the large one, with captions only where a text would not be understood without.
#include "shared/print/label_layout.hpp"

namespace plus7::print {
namespace {

constexpr double left = 2, right = 56, width = right - left;

void draw_side(Canvas& canvas, const Label& label, const LabelWords& words) {
    const double x = 38.5, wide = right - x;
    canvas.text({x, 2, wide, 3}, {.largest = 7, .smallest = 5, .bold = true, .align = Align::right}, label.piece);
    canvas.text({x, 4.9, wide, 2.6}, {.largest = 6, .smallest = 4.5, .bold = true, .align = Align::right}, label.order,
                lead_of(words.order));
    canvas.text({x, 7.3, wide, 2.4}, {.largest = 5.5, .smallest = 4.5, .align = Align::right}, label.sender);
}

void draw_recipient(Canvas& canvas, const Label& label, bool has_qr) {
    const double wide = has_qr ? 40 : width;
    double y = 10.3;
    y += canvas.text({left, y, wide, 3.6}, {.largest = 8, .smallest = 6, .bold = true}, label.recipient);
    canvas.text({left, y, wide, 23.6 - y}, {.largest = 7, .smallest = 5, .fit = Fit::lines}, lines_of(label));
}

void draw(Canvas& canvas, const LabelPaper& paper, const Label& label, const LabelWords& words,
          const LabelMarks& marks) {
    draw_signs(canvas, {left, 2, 20.5, 7.75}, {22.5, 2, 15, 7.75}, label, words,
               {.caption = 0, .largest = 24, .smallest = 7, .padding = 1, .frame = 0.375});
    draw_side(canvas, label, words);
    draw_recipient(canvas, label, marks.qr.has_value());
    const bool has_cash = !label.cash.empty();
    canvas.text({left, 23.9, has_cash ? 22 : width, 3.1}, {.largest = 7, .smallest = 5, .bold = true}, label.slot);
    canvas.text({25, 23.9, right - 25, 3.1}, {.largest = 7, .smallest = 5, .bold = true, .align = Align::right},
                label.cash, lead_of(words.cash));
    draw_marks(canvas, paper, marks);
    canvas.text({left, 34.9, width, 3.4},
                {.largest = 8, .smallest = 5, .bold = true, .align = Align::center, .digits = true}, label.code);
}

}  // namespace

const LabelPaper& small_paper() {
    static constexpr LabelPaper paper{.width = 58,
                                      .height = 40,
                                      .bars = {0, 27.5, 58, 7.25},
                                      .bars_module = 0.375,
                                      .qr = {44.5, 11.5, 11.5, 11},
                                      .qr_module = 0.375,
                                      .draw = draw};
    return paper;
}

}  // namespace plus7::print
