#include "shared/print/label.hpp"

#include <algorithm>

#include "shared/print/label_layout.hpp"

namespace plus7::print {
namespace {

constexpr std::size_t most_labels = 1000;
constexpr std::size_t most_bytes = 4000;  // of one text; what is longer is no label but takes the machine's time

core::Status check_texts(const Label& label) {
    std::size_t longest = lines_of(label).size();
    for (const auto* text : {&label.route, &label.cell, &label.piece, &label.order, &label.sender, &label.recipient,
                             &label.slot, &label.cash})
        longest = std::max(longest, text->size());
    if (longest > most_bytes) return core::limit("a text is too long for a label");
    return {};
}

core::Result<LabelMarks> marks_of(const Label& label, const LabelPaper& paper) {
    LabelMarks marks;
    auto bars = barcode(label.code);
    if (!bars) return bars.error();
    if (module_size(paper.bars.width, bars->modules + 2 * barcode_quiet_zone, paper.bars_module) == 0)
        return core::limit("the code's bars are too wide for this size of label");
    marks.bars = std::move(*bars);
    if (label.qr.empty()) return marks;
    auto qr = qr_matrix(label.qr);
    if (!qr) return qr.error();
    if (module_size(std::min(paper.qr.width, paper.qr.height), qr->size, paper.qr_module) == 0)
        return core::limit("the text of the QR is too long for this size of label");
    marks.qr = std::move(*qr);
    return marks;
}

}  // namespace

core::Result<std::string> labels_pdf(const std::vector<Label>& labels, const LabelWords& words, LabelSize size,
                                     std::optional<core::TimeMs> created) {
    if (labels.empty()) return core::invalid("no label to print");
    if (labels.size() > most_labels) return core::limit("too many labels for one document");
    const auto& paper = size == LabelSize::small ? small_paper() : standard_paper();
    Canvas canvas(paper.width, paper.height, created);
    for (std::size_t at = 0; at < labels.size(); ++at) {
        const auto which = "label " + std::to_string(at + 1);
        if (const auto fine = check_texts(labels[at]); !fine) return fine.error().context(which);
        const auto marks = marks_of(labels[at], paper);
        if (!marks) return marks.error().context(which);
        paper.draw(canvas, paper, labels[at], words, *marks);
        canvas.end_page();
    }
    return canvas.bytes();
}

}  // namespace plus7::print
