#include "shared/proof/check.hpp"

#include <algorithm>
#include <set>

#include "shared/core/uuid.hpp"
#include "shared/crypto/certificates.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/proof/alignment.hpp"
#include "shared/proof/chain_book.hpp"
#include "shared/proof/key_book.hpp"
#include "shared/proof/link_reader.hpp"
#include "shared/proof/replay.hpp"

namespace plus7::proof {
namespace {

class Checker {
  public:
    Checker(const ParcelFile& file, Report& report, const std::string& authority_pem)
        : file_(file), report_(report), authority_(authority_pem), keys_(file.head.keys, authority_pem) {}

    // Before run().
    void know(const HandheldFile& handheld) {
        const auto problem = KeyBook::problem_with({handheld.device, handheld.key, handheld.certificate}, authority_);
        if (!problem.empty()) {
            report_.faults.push_back("the handheld's file of " + handheld.device.text() + ": " + problem);
            return;
        }
        for (const auto& kept : handheld.facts) {
            const auto record = wire::decode_fact_record(kept.record);
            if (!record || !wire::verify(*record, handheld.key)) continue;  // of a key before this one
            const auto fact = wire::decode_body(record->body);
            if (!fact || fact->device != handheld.device) continue;
            chains_.know(*fact, wire::hash_of_body(record->body));
            if (fact->about.parcel == file_.head.parcel) told_.push_back({*fact, kept.acked});
        }
    }

    void run() {
        check_frame();
        std::vector<core::Hash> there;
        for (const auto& entry : file_.entries) there.push_back(crypto::sha256(entry));
        const auto aligned = align(file_.head.entries, there);
        for (const auto number : aligned.missing)
            report_.faults.push_back("link " + std::to_string(number) + " is missing");
        for (std::size_t at = 0; at < file_.entries.size(); ++at) {
            Link link;
            link.number = aligned.entries[at].number;
            if (!aligned.entries[at].fault.empty()) link.faults.push_back(aligned.entries[at].fault);
            check_entry(file_.entries[at], link);
            report_.links.push_back(std::move(link));
        }
        check_omissions();
        if (!report_.is_whole()) return;
        for (auto& difference : replay_.differences(file_.head)) report_.faults.push_back(std::move(difference));
    }

  private:
    void check_frame() {
        if (crypto::sha256(file_.authority) != file_.head.authority ||
            crypto::sha256(file_.signer) != file_.head.signer)
            report_.faults.push_back("the certificates are not the ones that central signed with");
        const auto issued = issued_by(file_.signer, authority_, true);
        if (!issued) report_.faults.push_back("central's certificate is not good: " + issued.error().message);
        const auto pem = crypto::pem_from_der(file_.signer);
        const auto signer = pem ? crypto::inspect(*pem) : core::Result<crypto::Certificate>(pem.error());
        const bool is_signed = signer && signer->signing_key &&
                               crypto::verify(*signer->signing_key, signed_message(file_.head_bytes), file_.sig);
        if (!is_signed)
            report_.faults.push_back("central's signature does not fit: the statement about the parcel was changed");
    }

    void check_entry(core::ByteView bytes, Link& link) {
        const auto entry = decode_entry(bytes);
        if (!entry) {
            link.faults.push_back("cannot be read: " + entry.error().message);
            return;
        }
        if (!events_.insert(entry->event).second) link.faults.push_back("tells an event that an earlier link tells");
        auto read = read_link(*entry, file_.head, link);
        if (read.fact) {
            if (const auto problem = keys_.problem_of(*read.record, read.fact->device); !problem.empty())
                link.faults.push_back(problem);
            auto tie = chains_.take(*read.fact, wire::hash_of_body(read.record->body),
                                    std::get<FactPart>(entry->what).chain, link.number);
            link.tie = tie.words;
            if (tie.is_false) link.faults.push_back(tie.words);
        }
        const auto verdict = replay_.take(read.told);
        if (!verdict || !link.faults.empty() || !report_.is_whole()) return;  // of what is false nothing follows
        if (entry->effect != model::name_of(verdict->effect) || entry->doubt != model::name_of(verdict->reason))
            link.faults.push_back("by the rules it has another effect than the one stated");
    }

    // A fact that was sent again in a later epoch keeps its event's id.
    void check_omissions() {
        for (const auto& [fact, acked] : told_) {
            if (events_.contains(fact.id)) continue;
            const auto named = "fact " + std::to_string(fact.seq) + " of handheld " + fact.device.text() + ", " +
                               fact.type + ", is about this parcel and not in the file";
            if (acked)
                report_.faults.push_back(named + ": left out, or it came after the file was made");
            else
                report_.notes.push_back(named + ": it had not been sent yet");
        }
    }

    struct Kept {
        wire::Fact fact;
        bool acked = false;
    };

    const ParcelFile& file_;
    Report& report_;
    const std::string& authority_;
    KeyBook keys_;
    ChainBook chains_;
    Replay replay_;
    std::set<core::EventId> events_;
    std::vector<Kept> told_;  // by handhelds' own files, about this parcel
};

}  // namespace

bool Report::is_whole() const {
    return faults.empty() && std::all_of(links.begin(), links.end(), [](const Link& l) { return l.faults.empty(); });
}

std::string Report::name_of(const model::Holder& holder) const {
    std::string words(model::name_of(holder.kind));
    if (holder.id.is_zero()) return words;
    for (const auto& named : head.names)
        if (named.holder == holder) return words + " " + named.name;
    return words + " " + core::to_uuid_text(holder.id);
}

core::Result<Report> check(core::ByteView file, const std::optional<std::string>& authority_pem,
                           const std::vector<HandheldFile>& handhelds) {
    const auto opened = open(file);
    if (!opened) return opened.error();
    Report report;
    report.head = opened->head;
    report.sha256 = crypto::sha256(file);
    report.authority = crypto::sha256(opened->authority);
    const auto brought = crypto::pem_from_der(opened->authority);
    auto trusted = brought ? *brought : std::string();
    if (authority_pem) {
        const auto pinned = crypto::inspect(*authority_pem);
        if (!pinned) return pinned.error().context("the CA to trust");
        trusted = pinned->pem;
        report.is_pinned = pinned->fingerprint == report.authority;
        if (!report.is_pinned)
            report.faults.push_back("it was signed under another certificate authority than the one to trust");
    } else if (!brought) {
        report.faults.push_back("the certificate authority's certificate cannot be read");
    }
    Checker checker(*opened, report, trusted);
    for (const auto& handheld : handhelds) checker.know(handheld);
    checker.run();
    return report;
}

}  // namespace plus7::proof
