#include "shared/print/canvas.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

#include "shared/print/text_box.hpp"

namespace plus7::print {
namespace {

constexpr double points = 72 / 25.4;  // of a millimetre
constexpr double dot = 0.125;         // mm, of a printer of 8 dots/mm

double on_a_dot(double mm) { return std::round(mm / dot) * dot; }

}  // namespace

double module_size(double width, int modules, double largest) {
    const double fitting = std::floor(width / modules / dot + 1e-9) * dot;
    return fitting < 2 * dot ? 0 : std::min(fitting, largest);
}

struct Canvas::State {
    std::string bytes;
    std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface{nullptr, cairo_surface_destroy};
    std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo{nullptr, cairo_destroy};
    std::unique_ptr<PangoContext, void (*)(gpointer)> pango{nullptr, g_object_unref};

    void add(const Box& box) {
        cairo_rectangle(cairo.get(), box.x * points, box.y * points, box.width * points, box.height * points);
    }
};

namespace {

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int size) {
    try {
        static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::exception&) {
        return CAIRO_STATUS_NO_MEMORY;  // no exception through C
    }
}

}  // namespace

Canvas::Canvas(double width, double height, std::optional<core::TimeMs> created) : state_(std::make_unique<State>()) {
    auto& s = *state_;
    s.surface.reset(cairo_pdf_surface_create_for_stream(append, &s.bytes, width * points, height * points));
    const auto date = created ? core::to_iso8601(*created).substr(0, 19) + "Z" : "";
    // Without a date of ours cairo would write the present one.
    cairo_pdf_surface_set_metadata(s.surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, created ? date.c_str() : nullptr);
    s.cairo.reset(cairo_create(s.surface.get()));
    s.pango.reset(text_context());
}

Canvas::~Canvas() = default;

double Canvas::text(const Box& box, const TextStyle& style, std::string_view utf8, std::string_view lead) {
    auto& s = *state_;
    const Box in_points{box.x * points, box.y * points, box.width * points, box.height * points};
    return draw_text(s.cairo.get(), s.pango.get(), in_points, style, utf8, lead) / points;
}

std::vector<std::string> Canvas::lines(double width, const TextStyle& style, std::string_view utf8) {
    return broken_lines(state_->pango.get(), width * points, style, utf8);
}

double Canvas::line_height(const TextStyle& style) { return text_height(state_->pango.get(), style) / points; }

void Canvas::title(const std::string& utf8) {
    cairo_pdf_surface_set_metadata(state_->surface.get(), CAIRO_PDF_METADATA_TITLE, clean_text(utf8, false).c_str());
}

void Canvas::fill(const Box& box) {
    state_->add(box);
    cairo_fill(state_->cairo.get());
}

void Canvas::frame(const Box& box, double thickness) {
    const double right = box.x + box.width, bottom = box.y + box.height;
    state_->add({box.x, box.y, box.width, thickness});
    state_->add({box.x, bottom - thickness, box.width, thickness});
    state_->add({box.x, box.y, thickness, box.height});
    state_->add({right - thickness, box.y, thickness, box.height});
    cairo_fill(state_->cairo.get());
}

void Canvas::bars(const Box& box, const Barcode& barcode, double largest_module) {
    const double module = module_size(box.width, barcode.modules + 2 * barcode_quiet_zone, largest_module);
    double x = on_a_dot(box.x + (box.width - barcode.modules * module) / 2);
    bool is_dark = true;
    for (const int width : barcode.widths) {
        if (is_dark) state_->add({x, box.y, width * module, box.height});
        x += width * module;
        is_dark = !is_dark;
    }
    cairo_fill(state_->cairo.get());
}

void Canvas::qr(const Box& box, const QrMatrix& matrix, double largest_module) {
    const double module = module_size(std::min(box.width, box.height), matrix.size, largest_module);
    const double left = box.x + box.width - matrix.size * module;
    for (const auto& run : matrix.dark)
        state_->add({left + run.x * module, box.y + run.y * module, run.length * module, module});
    cairo_fill(state_->cairo.get());
}

void Canvas::end_page() { cairo_show_page(state_->cairo.get()); }

core::Result<std::string> Canvas::bytes() {
    auto& s = *state_;
    if (!has_fonts(s.pango.get())) return core::unavailable("no font with Latin and Cyrillic letters is installed");
    const auto drawn = cairo_status(s.cairo.get());
    cairo_surface_finish(s.surface.get());
    const auto written = cairo_surface_status(s.surface.get());
    const auto status = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
    if (status != CAIRO_STATUS_SUCCESS)
        return core::internal(std::string("the PDF was not made: ") + cairo_status_to_string(status));
    return s.bytes;
}

}  // namespace plus7::print
