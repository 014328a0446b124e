// Where the marks of a document lie on its pages: filled from the top, a new page when there is no room. Behind
// document_pdf only; one thread.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "shared/print/canvas.hpp"
#include "shared/print/document.hpp"
#include "shared/print/qr.hpp"

namespace plus7::print {

struct Rule {};  // a filled box
struct Line {
    TextStyle style;
    std::string text;
};
struct Mark {
    Box box;
    std::variant<Rule, Line, QrMatrix> what;
};
using Page = std::vector<Mark>;

// Millimetres of A4.
namespace paper {
constexpr double width = 210, height = 297;
constexpr double left = 20, right = 195, top = 15, bottom = 280, across = right - left;
constexpr double thin = 0.2, thick = 0.4;
constexpr double qr_module = 0.75;
}  // namespace paper

class Flow {
  public:
    explicit Flow(Canvas& measure);

    double room() const { return paper::bottom - y_; }  // millimetres left on this page
    double y() const { return y_; }
    bool is_page_empty() const { return y_ == paper::top; }
    void new_page();
    void skip(double height);     // nothing at the top of a page
    void advance(double height);  // after marks that were put at y()
    bool keep(double height);     // a new page when so much has no room; true when one was begun
    void put(const Box& box, std::variant<Rule, Line, QrMatrix> what);
    void rule(double thickness);

    std::vector<std::string> lines(double width, const TextStyle& style, const std::string& text);
    double line_height(const TextStyle& style);
    // Lines from y() on, over as many pages as they need.
    void text(const TextStyle& style, const std::string& text);

    const std::vector<Page>& pages() const { return pages_; }

  private:
    Canvas& measure_;
    std::vector<Page> pages_{1};
    double y_ = paper::top;
};

void flow_table(Flow& flow, const Table& table);

}  // namespace plus7::print
