// Text by pango that keeps to a box: see Canvas::text. In points; behind Canvas only. One thread per context.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/print/canvas.hpp"

using cairo_t = struct _cairo;
using PangoContext = struct _PangoContext;

namespace plus7::print {

// The same fonts and shapes whatever the locale and the screen are; to be unreferenced by the caller.
PangoContext* text_context();

// Latin and Cyrillic letters and digits have a font; without any, pango draws boxes and says nothing.
bool has_fonts(PangoContext* context);

// What Canvas::text makes of foreign bytes before it draws them.
std::string clean_text(std::string_view utf8, bool keep_newlines);

std::vector<std::string> broken_lines(PangoContext* context, double width, const TextStyle& style,
                                      std::string_view utf8);
double text_height(PangoContext* context, const TextStyle& style);

double draw_text(cairo_t* cairo, PangoContext* context, const Box& box, const TextStyle& style, std::string_view utf8,
                 std::string_view lead);

}  // namespace plus7::print
