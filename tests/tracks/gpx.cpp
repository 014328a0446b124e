#include <expat.h>

#include <cstdlib>
#include <memory>
#include <optional>

#include "tests/tracks/tracks.hpp"

namespace plus7::test {
namespace {

struct Reader {
    std::vector<model::Fix> fixes;
    std::optional<model::Fix> point;
    bool has_time = false;
    std::string text;
};

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

// GPX allows any offset and fraction; recorders write UTC as "Z" or "+00:00", with or without a fraction.
std::optional<core::TimeMs> gpx_time(std::string text) {
    if (text.size() > 6 && text.ends_with("+00:00")) text.replace(text.size() - 6, 6, "Z");
    if (const auto dot = text.find('.'); dot != std::string::npos && text.ends_with('Z')) {
        std::string fraction = text.substr(dot + 1, text.size() - dot - 2);
        fraction.resize(3, '0');
        text = text.substr(0, dot + 1) + fraction + "Z";
    }
    return core::from_iso8601(text);
}

void on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
    auto& reader = *static_cast<Reader*>(user);
    reader.text.clear();
    if (local_name(name) != "trkpt") return;
    reader.point.emplace();
    reader.point->is_3d = true;
    reader.has_time = false;
    for (; attributes[0] != nullptr; attributes += 2) {
        const std::string_view key = attributes[0];
        if (key == "lat") reader.point->place.lat = std::strtod(attributes[1], nullptr);
        if (key == "lon") reader.point->place.lon = std::strtod(attributes[1], nullptr);
    }
}

void on_text(void* user, const XML_Char* text, int length) {
    static_cast<Reader*>(user)->text.append(text, static_cast<std::size_t>(length));
}

void on_end(void* user, const XML_Char* full_name) {
    auto& reader = *static_cast<Reader*>(user);
    if (!reader.point) return;
    const std::string_view name = local_name(full_name);
    if (name == "time") {
        if (const auto time = gpx_time(reader.text)) {
            reader.point->time = *time;
            reader.has_time = true;
        }
    } else if (name == "speed") {
        reader.point->speed_mps = std::strtod(reader.text.c_str(), nullptr);
    } else if (name == "course") {
        reader.point->course_deg = std::strtod(reader.text.c_str(), nullptr);
    } else if (name == "trkpt") {
        if (reader.has_time) reader.fixes.push_back(*reader.point);
        reader.point.reset();
    }
}

}  // namespace

core::Result<std::vector<model::Fix>> read_gpx(std::string_view text) {
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser{XML_ParserCreate(nullptr),
                                                                              XML_ParserFree};
    Reader reader;
    XML_SetUserData(parser.get(), &reader);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE) != XML_STATUS_OK) {
        return core::invalid(std::string{"not a GPX file: "} + XML_ErrorString(XML_GetErrorCode(parser.get())));
    }
    derive_velocity(reader.fixes);
    return std::move(reader.fixes);
}

}  // namespace plus7::test
