#include "shared/text/charset.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace plus7::text {
namespace {

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

core::Error no_text() { return core::invalid("the file is no text: save the table as CSV"); }

// Stops at the first byte that the charset does not have.
core::Result<std::string> convert(std::string_view bytes, const char* charset) {
    UErrorCode failed = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(charset, &failed));
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &failed);
    if (U_FAILURE(failed)) return core::internal(std::string("ICU has no ") + charset);
    const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), failed);
    if (U_FAILURE(failed)) return no_text();
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

core::Result<std::string> decode(std::string_view bytes) {
    UErrorCode failed = U_ZERO_ERROR;
    int32_t mark = 0;
    const char* marked = ucnv_detectUnicodeSignature(
        bytes.data(), static_cast<int32_t>(std::min<std::size_t>(bytes.size(), 4)), &mark, &failed);
    if (marked != nullptr) return convert(bytes.substr(static_cast<std::size_t>(mark)), marked);
    auto utf8 = convert(bytes, "UTF-8");
    return utf8 ? utf8 : convert(bytes, "windows-1251");
}

}  // namespace

core::Result<std::string> decode_text(std::string_view bytes) {
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0"))
        return core::invalid("this is a spreadsheet's own format: save the table as CSV");
    auto text = decode(bytes);
    if (text && std::any_of(text->begin(), text->end(), is_control)) return no_text();
    return text;
}

}  // namespace plus7::text
