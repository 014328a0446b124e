// Parcel labels as PDF: black on white, made for thermal printers. Pure functions but for the machine's fonts (DejaVu
// Sans is asked for); any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"

namespace plus7::print {

enum class LabelSize {
    standard,  // 100 × 150 mm; bars of 30 letters or 60 digits
    small,     // 58 × 40 mm; 16 letters or 32 digits, a QR of 106 characters
};

// Texts are UTF-8 in the caller's language. Each keeps to its own place: it is set smaller, then broken within words,
// and in the end cut off with an ellipsis. What is empty is left out.
struct Label {
    std::string code;   // of the parcel: bars, and the same below for people; printable ASCII, never empty
    std::string qr;     // printable ASCII
    std::string route;  // big
    std::string cell;   // bigger, white on black
    std::string piece;  // "1 of 3"
    std::string order;  // its number
    std::string sender;
    std::string recipient;             // short name
    std::vector<std::string> address;  // lines
    std::string slot;                  // when it is to be there
    std::string cash;                  // what the courier has to take
};

// Captions of the fields; an empty one is left out.
struct LabelWords {
    std::string route;
    std::string cell;
    std::string piece;
    std::string order;
    std::string sender;
    std::string recipient;
    std::string slot;
    std::string cash;
};

// One page per label. Equal input gives equal bytes on one machine; `created` is written into the document, which has
// no date without it. invalid: no label, or a code that is empty or not printable ASCII; limit: bars or QR that are too
// wide to be read from this size, a text above 4000 bytes, more than 1000 labels (the message names the label, from 1);
// unavailable: the machine has no font.
core::Result<std::string> labels_pdf(const std::vector<Label>& labels, const LabelWords& words,
                                     LabelSize size = LabelSize::standard,
                                     std::optional<core::TimeMs> created = std::nullopt);

}  // namespace plus7::print
