#include "central/app/registries/line_reader.hpp"

#include "central/app/registries/cells.hpp"
#include "shared/text/fold.hpp"
#include "shared/text/local_time.hpp"

namespace plus7::central::app::registries {
namespace {

using enum Column;

// What all lines of an order say together.
constexpr std::array of_order{recipient, phone, address,   entrance, floor, intercom, comment,
                              lat,       lon,   slot_from, slot_to,  due,   currency, proof};

// Labels and lists show an order's fields as lines.
std::string one_line(std::string_view typed) {
    std::string line;
    for (const char c : typed) {
        const bool ends = c == '\n' || c == '\r' || c == '\t';
        if (!ends)
            line += c;
        else if (!line.ends_with(' '))
            line += ' ';
    }
    return line;
}

}  // namespace

void LineReader::fault(Column column, const char* code, std::string about) {
    line_.faults.push_back({std::string(name_of(column)), code, std::move(about)});
}

LineReader::Text LineReader::text(Column column, std::size_t longest) {
    auto typed = columns_.cell(line_.cells, column);
    if (typed && !orders::is_text(*typed)) return std::nullopt;
    if (typed) *typed = one_line(*typed);
    if (typed && text::length(*typed) > longest) {
        fault(column, "too_long");
        return std::nullopt;
    }
    return typed;
}

std::string LineReader::required(Column column, std::size_t longest) {
    const auto before = line_.faults.size();
    auto typed = text(column, longest);
    if (!typed && line_.faults.size() == before) fault(column, "required");
    return typed.value_or("");
}

template <typename Read>
auto LineReader::value(Column column, Read read) -> decltype(read(std::string())) {
    const auto typed = columns_.cell(line_.cells, column);
    if (!typed) return std::nullopt;
    auto read_value = read(*typed);
    if (!read_value) fault(column, is_shortened(*typed) ? "shortened" : "malformed");
    return read_value;
}

std::string LineReader::outer_ref() {
    auto ref = required(Column::outer_ref, orders::longest_ref);
    if (!is_shortened(ref)) return ref;
    fault(Column::outer_ref, "shortened");
    return {};
}

std::optional<std::int64_t> LineReader::weight() {
    const auto column = columns_.has(weight_kg) ? weight_kg : weight_g;
    const auto grams = value(column, [&](const std::string& typed) { return grams_of(typed, column == weight_kg); });
    if (!grams || *grams == 0) return std::nullopt;
    if (*grams <= orders::most_grams) return grams;
    fault(column, "out_of_range");
    return std::nullopt;
}

orders::NewParcel LineReader::parcel() {
    orders::NewParcel parcel;
    const auto before = line_.faults.size();
    parcel.code = text(barcode, orders::longest_barcode);
    if (parcel.code && line_.faults.size() == before) {
        if (is_shortened(*parcel.code)) fault(barcode, "shortened");
        if (!orders::is_barcode(*parcel.code)) fault(barcode, "malformed");
    }
    parcel.what = text(what, orders::longest_what);
    parcel.weight_g = weight();
    return parcel;
}

std::optional<core::LatLon> LineReader::place() {
    const auto north = value(lat, degrees_of), east = value(lon, degrees_of);
    if (!north && !east) return std::nullopt;
    if (!north || !east) {
        const auto column = north ? lon : lat;
        if (!columns_.cell(line_.cells, column)) fault(column, "required");
        return std::nullopt;
    }
    const core::LatLon where{*north, *east};
    if (core::is_valid(where)) return where;
    fault(*north < -90 || *north > 90 ? lat : lon, "out_of_range");
    return std::nullopt;
}

std::optional<store::Slot> LineReader::slot() {
    const auto from = value(slot_from, [&](const std::string& typed) { return text::local_time_of(typed, zone_); });
    const auto to = value(slot_to, [&](const std::string& typed) { return text::local_time_of(typed, zone_, from); });
    if (!from || !to) {
        for (const auto column : {slot_from, slot_to})
            if ((from || to) && !columns_.cell(line_.cells, column)) fault(column, "required");
        return std::nullopt;
    }
    if (*to > *from) return store::Slot{*from, *to};
    fault(slot_to, "wrong");
    return std::nullopt;
}

std::optional<store::Money> LineReader::due() {
    const auto minor = value(Column::due, minor_of);
    const auto code = value(currency, currency_of);
    if (!minor || *minor == 0) return std::nullopt;
    if (*minor <= orders::most_money) return store::Money{*minor, code.value_or("RUB")};
    fault(Column::due, "out_of_range");
    return std::nullopt;
}

FileTerms LineReader::terms() {
    FileTerms terms;
    terms.recipient = required(recipient, orders::longest_name);
    terms.phone = value(phone, phone_of);
    terms.address = required(address, orders::longest_address);
    terms.entrance = text(entrance, orders::longest_short);
    terms.floor = text(floor, orders::longest_short);
    terms.intercom = text(intercom, orders::longest_short);
    terms.comment = text(comment, orders::longest_comment);
    terms.where = place();
    terms.slot = slot();
    terms.due = due();
    terms.proof = value(proof, proofs_of);
    return terms;
}

void LineReader::compare(const FileLine& first) {
    for (const auto column : of_order) {
        const auto typed = columns_.cell(line_.cells, column);
        if (typed && typed != columns_.cell(first.cells, column)) fault(column, "differs", std::to_string(first.line));
    }
}

}  // namespace plus7::central::app::registries
