#include "shared/print/text_box.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <string>

namespace plus7::print {
namespace {

using Layout = std::unique_ptr<PangoLayout, void (*)(gpointer)>;

constexpr double step = 0.5;  // points between the sizes that are tried

void set_size(PangoLayout* layout, const TextStyle& style, double size) {
    const std::unique_ptr<PangoFontDescription, void (*)(PangoFontDescription*)> font(pango_font_description_new(),
                                                                                      pango_font_description_free);
    pango_font_description_set_family_static(font.get(), style.digits ? "DejaVu Sans Mono" : "DejaVu Sans");
    pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font.get());
}

// A hyphen would change a number or an address that is broken; the lead is never bold.
void set_attributes(PangoLayout* layout, std::size_t lead) {
    const std::unique_ptr<PangoAttrList, void (*)(PangoAttrList*)> list(pango_attr_list_new(), pango_attr_list_unref);
    pango_attr_list_insert(list.get(), pango_attr_insert_hyphens_new(FALSE));
    if (lead > 0) {
        auto* regular = pango_attr_weight_new(PANGO_WEIGHT_NORMAL);
        regular->end_index = static_cast<guint>(lead);
        pango_attr_list_insert(list.get(), regular);
    }
    pango_layout_set_attributes(layout, list.get());
}

bool fits(PangoLayout* layout, const Box& box, Fit fit) {
    PangoRectangle ink, logical;
    pango_layout_get_extents(layout, &ink, &logical);
    const auto& tried = fit == Fit::sign ? ink : logical;
    return tried.width <= box.width * PANGO_SCALE && tried.height <= box.height * PANGO_SCALE;
}

// The largest size at which whole words fit.
bool shrink_into(PangoLayout* layout, const Box& box, const TextStyle& style) {
    double size = style.largest;
    set_size(layout, style, size);
    while (!fits(layout, box, style.fit) && size > style.smallest)
        set_size(layout, style, size = std::max(size - step, style.smallest));
    return fits(layout, box, style.fit);
}

// Lines that are too many would go without a trace: pango's ellipsis ends a paragraph, not a text.
void join_lines(PangoLayout* layout) {
    std::string text;
    for (const char* c = pango_layout_get_text(layout); *c != '\0'; ++c) *c == '\n' ? text += ", " : text += *c;
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
}

void fit_into(PangoLayout* layout, const Box& box, const TextStyle& style) {
    const int width = static_cast<int>(box.width * PANGO_SCALE);
    const bool many = style.fit == Fit::lines;
    if (many) pango_layout_set_width(layout, width);
    if (shrink_into(layout, box, style)) return;
    if (many) join_lines(layout);
    if (many && shrink_into(layout, box, style)) return;
    pango_layout_set_width(layout, width);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, many ? static_cast<int>(box.height * PANGO_SCALE) : -1);
}

// How much of the room that is left over goes before the text.
double share_before(Align align) { return align == Align::left ? 0 : align == Align::center ? 0.5 : 1; }

Layout layout_of(PangoContext* context, const TextStyle& style, std::string_view utf8, std::string_view lead) {
    Layout layout(pango_layout_new(context), g_object_unref);
    const auto start = clean_text(lead, false);
    const auto text = start + clean_text(utf8, style.fit == Fit::lines);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_single_paragraph_mode(layout.get(), style.fit != Fit::lines);
    set_attributes(layout.get(), start.size());
    return layout;
}

}  // namespace

std::string clean_text(std::string_view utf8, bool keep_newlines) {
    if (utf8.empty()) return {};
    const std::unique_ptr<char, void (*)(gpointer)> valid(
        g_utf8_make_valid(utf8.data(), static_cast<gssize>(utf8.size())), g_free);
    std::string text = valid.get();
    for (char& c : text)
        if ((static_cast<unsigned char>(c) < 0x20 || c == 0x7F) && !(keep_newlines && c == '\n')) c = ' ';
    return text;
}

PangoContext* text_context() {
    const std::unique_ptr<PangoFontMap, void (*)(gpointer)> fonts(pango_cairo_font_map_new(), g_object_unref);
    auto* context = pango_font_map_create_context(fonts.get());
    const std::unique_ptr<cairo_font_options_t, void (*)(cairo_font_options_t*)> options(cairo_font_options_create(),
                                                                                         cairo_font_options_destroy);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options.get());
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("und"));
    return context;
}

bool has_fonts(PangoContext* context) {
    const auto layout = layout_of(context, {}, "AzАя09", {});
    set_size(layout.get(), {}, 10);
    return pango_layout_get_unknown_glyphs_count(layout.get()) == 0;
}

std::vector<std::string> broken_lines(PangoContext* context, double width, const TextStyle& style,
                                      std::string_view utf8) {
    TextStyle many = style;
    many.fit = Fit::lines;
    const auto layout = layout_of(context, many, utf8, {});
    set_size(layout.get(), many, many.largest);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    const std::string_view text = pango_layout_get_text(layout.get());
    std::vector<std::string> lines;
    for (auto* at = pango_layout_get_lines_readonly(layout.get()); at != nullptr; at = at->next) {
        const auto* line = static_cast<const PangoLayoutLine*>(at->data);
        auto part = text.substr(static_cast<std::size_t>(line->start_index), static_cast<std::size_t>(line->length));
        while (part.ends_with(' ')) part.remove_suffix(1);
        lines.emplace_back(part);
    }
    return lines;
}

double text_height(PangoContext* context, const TextStyle& style) {
    const auto layout = layout_of(context, style, "Aщ", {});
    set_size(layout.get(), style, style.largest);
    PangoRectangle ink, logical;
    pango_layout_get_extents(layout.get(), &ink, &logical);
    return double(logical.height) / PANGO_SCALE;
}

double draw_text(cairo_t* cairo, PangoContext* context, const Box& box, const TextStyle& style, std::string_view utf8,
                 std::string_view lead) {
    if (utf8.empty()) return 0;
    const auto layout = layout_of(context, style, utf8, lead);
    fit_into(layout.get(), box, style);
    PangoRectangle ink, logical;
    pango_layout_get_extents(layout.get(), &ink, &logical);
    const auto& placed = style.fit == Fit::sign ? ink : logical;
    const double x =
        (box.width - double(placed.width) / PANGO_SCALE) * share_before(style.align) - double(placed.x) / PANGO_SCALE;
    const double y =
        style.fit == Fit::sign ? (box.height - double(ink.height) / PANGO_SCALE) / 2 - double(ink.y) / PANGO_SCALE : 0;
    cairo_save(cairo);
    cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
    cairo_clip(cairo);
    if (style.white) cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_move_to(cairo, box.x + x, box.y + y);
    pango_cairo_show_layout(cairo, layout.get());
    cairo_restore(cairo);
    return double(logical.y + logical.height) / PANGO_SCALE;
}

}  // namespace plus7::print
