#include "shared/proof/report_text.hpp"

#include <cstdio>

namespace plus7::proof {
namespace {

std::string time_text(core::TimeUs at) {
    auto text = core::to_iso8601(std::chrono::floor<std::chrono::milliseconds>(at)).substr(0, 19);
    text[10] = ' ';
    return text;
}

// Columns of a terminal: letters, not bytes.
std::string padded(std::string text, std::size_t width) {
    std::size_t letters = 0;
    for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    text.append(letters < width ? width - letters : 0, ' ');
    return text;
}

std::string clock_words(const std::string& trust) {
    if (trust == "gps") return "GPS";
    if (trust == "mono") return "GPS, by the handheld's own count";
    if (trust == "wall") return "the handheld's clock";
    return trust == "received" ? "central's, on receipt: no later than this" : "central's";
}

std::string what_words(const Report& report, const Link& link) {
    auto words = link.type.empty() ? std::string("?") : link.type;
    if (link.from && link.to)
        words = report.name_of(*link.from) + " → " + report.name_of(*link.to);
    else if (link.to)
        words += " " + report.name_of(*link.to);
    if (!link.reason.empty()) words += ": " + link.reason;
    return words;
}

std::string who_words(const Report& report, const Link& link) {
    if (link.courier) return report.name_of({model::HolderKind::courier, {link.courier->value}});
    return link.staff.empty() ? "central" : "staff " + link.staff;
}

std::string place_words(const Link& link) {
    if (!link.where) return "place unknown";
    char text[64];
    std::snprintf(text, sizeof text, "%.5f, %.5f", link.where->lat, link.where->lon);
    return text;
}

std::string link_text(const Report& report, const Link& link) {
    const std::string indent(5, ' ');
    auto number = link.number == 0 ? std::string("+") : std::to_string(link.number);
    std::string text = padded(std::move(number), 5) + padded(time_text(link.at), 21) +
                       padded(what_words(report, link), 52) + (link.faults.empty() ? "ok" : "FALSE") + "\n";
    text += indent + "by " + who_words(report, link) + "; time: " + clock_words(link.trust) + "; " + place_words(link);
    if (!link.proofs.empty()) text += "; proof: " + link.proofs;
    text += "\n" + indent;
    if (!link.device.empty()) text += "handheld " + link.device + ", fact " + std::to_string(link.seq) + ": ";
    text += link.tie;
    if (!link.effect.empty() && link.effect != "applied") text += "; effect: " + link.effect;
    if (!link.doubt.empty()) text += "; doubt: " + link.doubt;
    for (const auto& blob : link.blobs) text += "\n" + indent + "attached: SHA-256 " + blob.hex();
    for (const auto& fault : link.faults) text += "\n" + indent + "! " + fault;
    return text + "\n";
}

std::string head_text(const Report& report) {
    const auto& head = report.head;
    std::string text = "Custody file of parcel";
    for (const auto& code : head.codes) text += " " + code;
    text += ", order " + head.number + "\n" + std::to_string(head.entries.size()) + " events up to " +
            time_text(head.upto) + " UTC, custody version " + std::to_string(head.version) + "\n\n";
    return text;
}

std::string end_text(const Report& report) {
    const auto& head = report.head;
    std::string text = "\nHolder: " + report.name_of(head.holder) + ", status " + head.status;
    if (head.missing > 0) text += "; unrecorded handovers on the way: " + std::to_string(head.missing);
    if (!head.is_clear) text += "; somebody else may hold it as likely";
    text += "\nThis file:             SHA-256 " + report.sha256.hex();
    text += "\nCertificate authority: SHA-256 " + report.authority.hex();
    text += report.is_pinned
                ? "\n                       the one given with --ca\n"
                : "\n                       compare it with the one the company publishes, or give --ca FILE\n";
    return text;
}

}  // namespace

std::string to_text(const Report& report) {
    auto text = head_text(report);
    for (const auto& link : report.links) text += link_text(report, link);
    text += end_text(report);
    for (const auto& note : report.notes) text += note + "\n";
    for (const auto& fault : report.faults) text += "! " + fault + "\n";
    for (const auto& link : report.links)
        for (const auto& fault : link.faults)
            text += "! " + (link.number == 0 ? "an added link" : "link " + std::to_string(link.number)) + " " + fault +
                    "\n";
    text += report.is_whole() ? "Whole: every link fits.\n" : "NOT whole: see above.\n";
    return text;
}

}  // namespace plus7::proof
