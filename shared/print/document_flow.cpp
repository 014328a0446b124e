#include "shared/print/document_flow.hpp"

namespace plus7::print {

Flow::Flow(Canvas& measure) : measure_(measure) {}

void Flow::new_page() {
    pages_.emplace_back();
    y_ = paper::top;
}

void Flow::skip(double height) {
    if (!is_page_empty()) y_ += height;
}

void Flow::advance(double height) { y_ += height; }

bool Flow::keep(double height) {
    if (height <= room() || is_page_empty()) return false;
    new_page();
    return true;
}

void Flow::put(const Box& box, std::variant<Rule, Line, QrMatrix> what) {
    pages_.back().push_back({box, std::move(what)});
}

void Flow::rule(double thickness) {
    put({paper::left, y_, paper::across, thickness}, Rule{});
    y_ += thickness;
}

std::vector<std::string> Flow::lines(double width, const TextStyle& style, const std::string& text) {
    return measure_.lines(width, style, text);
}

double Flow::line_height(const TextStyle& style) { return measure_.line_height(style); }

void Flow::text(const TextStyle& style, const std::string& text) {
    const double height = line_height(style);
    for (auto& line : lines(paper::across, style, text)) {
        keep(height);
        put({paper::left, y_, paper::across, height}, Line{style, std::move(line)});
        y_ += height;
    }
}

}  // namespace plus7::print
