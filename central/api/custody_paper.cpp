#include "central/api/custody_paper.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "shared/core/word_list.hpp"
#include "shared/print/document.hpp"

namespace plus7::central::api {
namespace {

using print::Align;

class Paper {
  public:
    Paper(const proof::Report& report, const CustodyWords& words, std::chrono::minutes offset)
        : report_(report), head_(report.head), words_(words), offset_(offset) {}

    print::Document document() const {
        print::Document made;
        made.title = words_("title") + " " + (head_.codes.empty() ? "" : head_.codes.front());
        made.subtitle = {words_("order") + " " + head_.number, words_("upto") + " " + time(head_.upto) + " " + zone() +
                                                                   ", " + words_("version") + " " +
                                                                   std::to_string(head_.version)};
        made.blocks = {facts(), print::Heading{words_("story")}, story()};
        add_check(made);
        made.footer = made.title;
        made.created = std::chrono::floor<std::chrono::milliseconds>(head_.upto);
        return made;
    }

  private:
    std::string time(core::TimeUs at) const {
        auto text = core::to_iso8601(std::chrono::floor<std::chrono::milliseconds>(at + offset_)).substr(0, 19);
        if (words_.is_english()) return text.substr(0, 10) + " " + text.substr(11);
        return text.substr(8, 2) + "." + text.substr(5, 2) + "." + text.substr(0, 4) + " " + text.substr(11);
    }
    std::string zone() const {
        const auto minutes = std::abs(offset_.count());
        char text[32];
        std::snprintf(text, sizeof text, "UTC%c%d:%02d", offset_.count() < 0 ? '-' : '+',
                      static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
        return minutes == 0 ? "UTC" : text;
    }

    std::string holder(const model::Holder& holder) const {
        const auto kind = words_(model::name_of(holder.kind));
        for (const auto& named : head_.names)
            if (named.holder == holder) return kind + " " + named.name;
        return kind;
    }

    print::Values facts() const {
        print::Values values;
        std::string codes;
        for (const auto& code : head_.codes) codes += (codes.empty() ? "" : ", ") + code;
        values.rows = {{words_("codes"), codes},
                       {words_("holder"), holder(head_.holder)},
                       {words_("status"), words_("status." + head_.status)}};
        if (head_.missing > 0) values.rows.emplace_back(words_("missing"), std::to_string(head_.missing));
        if (!head_.is_clear) values.rows.emplace_back(words_("clear"), words_("unclear"));
        values.rows.emplace_back(words_("result"), report_.is_whole() ? words_("whole") : faults());
        return values;
    }

    std::string faults() const {
        auto text = words_("false");
        for (const auto& fault : report_.faults) text += "\n" + fault;
        for (const auto& link : report_.links)
            for (const auto& fault : link.faults) text += "\n" + std::to_string(link.number) + ": " + fault;
        return text;
    }

    print::Table story() const {
        print::Table table;
        table.columns = {{words_("n"), 0.5, Align::right},
                         {words_("when"), 2.5},
                         {words_("what"), 2.7},
                         {words_("who"), 2.4},
                         {words_("proved"), 2.8}};
        for (const auto& link : report_.links)
            table.rows.push_back({std::to_string(link.number), when(link), what(link), who(link), proved(link)});
        return table;
    }

    std::string when(const proof::Link& link) const {
        auto text = time(link.at) + "\n" + words_("trust." + link.trust);
        if (link.received - link.at > std::chrono::minutes{1})
            text += "\n" + words_("received") + " " + time(link.received);
        return text;
    }

    std::string what(const proof::Link& link) const {
        if (link.from && link.to) return holder(*link.from) + " → " + holder(*link.to);
        auto text = words_(link.type);
        if (link.to) text += " " + holder(*link.to);
        if (!link.reason.empty()) text += ": " + words_("reason." + link.reason);
        return text;
    }

    std::string who(const proof::Link& link) const {
        std::string text;
        if (link.courier)
            text = holder({model::HolderKind::courier, {link.courier->value}});
        else
            text = link.staff.empty() ? words_("central") : words_("staff") + " " + link.staff;
        if (link.device.empty()) return text;
        if (!link.where) return text + "\n" + words_("no_place");
        char place[64];
        std::snprintf(place, sizeof place, "%.5f, %.5f", link.where->lat, link.where->lon);
        return text + "\n" + place;
    }

    std::string proved(const proof::Link& link) const {
        std::string text;
        for (const auto& kind : core::words_of(link.proofs))
            text += (text.empty() ? "" : ", ") + words_("proof." + kind);
        if (!text.empty()) text += "\n";
        text += link.device.empty()
                    ? words_("own_word")
                    : words_("device") + " " + link.device + ", " + words_("fact") + " " + std::to_string(link.seq);
        const auto more = [&](const std::string& name) {
            const auto word = words_(name);
            if (word != name) text += "\n" + word;
        };
        more("effect." + link.effect);
        more("doubt." + link.doubt);
        for (const auto& fault : link.faults) text += "\n" + words_("false") + ": " + fault;
        return text;
    }

    // Upper case: the QR holds it as letters and digits, so its modules are larger.
    void add_check(print::Document& made) const {
        auto hex = report_.sha256.hex();
        made.blocks.push_back(print::Heading{words_("how")});
        made.blocks.push_back(print::Paragraph{.text = words_("how_more")});
        made.blocks.push_back(print::Paragraph{.text = words_("limits")});
        const auto caption = words_("file_sha") + "\n" + hex + "\n\n" + words_("ca") + "\n" + report_.authority.hex();
        std::transform(hex.begin(), hex.end(), hex.begin(), [](char c) { return c >= 'a' ? char(c - 'a' + 'A') : c; });
        made.blocks.push_back(print::QrCode{std::move(hex), caption});
    }

    const proof::Report& report_;
    const proof::Head& head_;
    const CustodyWords& words_;
    std::chrono::minutes offset_;
};

}  // namespace

core::Result<std::string> custody_paper(const proof::Report& report, const CustodyWords& words,
                                        std::chrono::minutes offset) {
    return print::document_pdf(Paper(report, words, offset).document());
}

}  // namespace plus7::central::api
