// Pages of a PDF in millimetres from the upper left corner, by cairo and pango, for what this folder prints. One thread
// per object.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/print/barcode.hpp"
#include "shared/print/qr.hpp"

namespace plus7::print {

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

enum class Fit {
    lines,  // from the top, wrapped
    line,   // one line at the top
    sign,   // one line in the middle, as large as its ink allows
};
enum class Align { left, center, right };  // of the text as a whole

struct TextStyle {
    double largest = 10;  // points; the largest size is taken at which all of the text fits
    double smallest = 6;  // points; here words are broken, and the end is cut off with an ellipsis
    Fit fit = Fit::line;
    bool bold = false;
    Align align = Align::left;
    bool white = false;   // for a black ground
    bool digits = false;  // all characters equally wide
};

// Millimetres of a module: whole dots of a printer of 8 dots/mm, at most `largest`; 0 when `modules` do not fit into
// `width` at the two dots that a scanner needs.
double module_size(double width, int modules, double largest);

class Canvas {
  public:
    Canvas(double width, double height, std::optional<core::TimeMs> created);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    // Draws nothing outside of the box; `lead` goes before the text and is never bold. Gives the height that was used.
    // Bytes that are no UTF-8 become U+FFFD, control characters blanks; a newline starts a line of Fit::lines, or
    // becomes a comma where so many lines have no room.
    double text(const Box& box, const TextStyle& style, std::string_view utf8, std::string_view lead = {});
    // The same text as lines no wider than `width`, at the style's largest size: broken at words, then within them.
    std::vector<std::string> lines(double width, const TextStyle& style, std::string_view utf8);
    double line_height(const TextStyle& style);    // of one line at the largest size
    void title(const std::string& utf8);           // what a viewer calls the document
    void fill(const Box& box);                     // black
    void frame(const Box& box, double thickness);  // within the box

    // Modules as large as fit. Bars are in the middle of the box with their quiet zones; a QR fills the box from its
    // upper right corner, and its quiet zone, of modules of the largest size, lies around the box.
    void bars(const Box& box, const Barcode& barcode, double largest_module);
    void qr(const Box& box, const QrMatrix& matrix, double largest_module);
    void end_page();

    // The document; nothing is drawn after. unavailable: the machine has no font.
    core::Result<std::string> bytes();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plus7::print
