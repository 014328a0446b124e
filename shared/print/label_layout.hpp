// Where the parts of a label lie on the paper, one .cpp file per size. Behind labels_pdf only; pure.
#pragma once
#include <optional>
#include <string>

#include "shared/print/barcode.hpp"
#include "shared/print/canvas.hpp"
#include "shared/print/label.hpp"
#include "shared/print/qr.hpp"

namespace plus7::print {

struct LabelMarks {
    Barcode bars;
    std::optional<QrMatrix> qr;
};

// Places of the marks, in millimetres, as Canvas takes them, and the largest module of either.
struct LabelPaper {
    double width = 0;
    double height = 0;
    Box bars;
    double bars_module = 0;
    Box qr;
    double qr_module = 0;
    void (*draw)(Canvas& canvas, const LabelPaper& paper, const Label& label, const LabelWords& words,
                 const LabelMarks& marks) = nullptr;
};

const LabelPaper& standard_paper();
const LabelPaper& small_paper();

// The way of the parcel, for who sorts it: the cell white on black, the route beside it; one alone takes both places.
struct SignStyle {
    double caption = 6;  // points; 0: no captions
    double largest = 60;
    double smallest = 10;
    double padding = 1;  // mm
    double frame = 0.5;  // mm
};
void draw_signs(Canvas& canvas, const Box& black, const Box& white, const Label& label, const LabelWords& words,
                const SignStyle& style);

void draw_marks(Canvas& canvas, const LabelPaper& paper, const LabelMarks& marks);

// Not empty lines of an address, one below another.
std::string lines_of(const Label& label);

// "caption: " before a value in the same line; nothing for no caption.
std::string lead_of(const std::string& caption);

}  // namespace plus7::print
