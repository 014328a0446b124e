// A parcel's custody file beside a handheld's own: what lies between the links, and whether something was left out.
#include <doctest/doctest.h>

#include "shared/crypto/certificates.hpp"
#include "tests/shared/proof/told_parcel.hpp"

using namespace plus7;
using namespace plus7::test;
using Faults = std::vector<std::string>;

namespace {

std::string pem_of(const ToldParcel& told) { return crypto::pem_from_der(told.head.keys[1].certificate).value(); }

std::string text_of(const ToldParcel& told, bool acked = true) {
    return handheld_file(told.courier_reader, *told.courier_reader.key, pem_of(told), told.recorded, acked);
}

proof::Report checked(const ToldParcel& told, const std::string& handheld) {
    return proof::check(told.file(), told.company.authority.certificate().pem,
                        {proof::open_handheld_file(handheld).value()})
        .value();
}

Faults faults_of(const proof::Report& report) {
    auto all = report.faults;
    for (const auto& link : report.links)
        for (const auto& fault : link.faults) all.push_back(std::to_string(link.number) + ": " + fault);
    return all;
}

// Takes the newest event out again, as a central would that hides it: everything it says follows from the rest.
proof::Entry hide_last(ToldParcel& told, const proof::Head& before) {
    auto hidden = told.entries.back();
    told.entries.pop_back();
    told.head = before;
    return hidden;
}

}  // namespace

TEST_CASE("the chain between two links is proven through the handheld's own facts") {
    ToldParcel told;
    const auto report = checked(told, text_of(told));
    CHECK(faults_of(report) == Faults{});
    CHECK(report.links[3].tie == "follows link 3 by 2 facts of its handheld's file");
    told.recorded.erase(told.recorded.begin() + 1);
    CHECK(checked(told, text_of(told)).links[3].tie == "2 facts since link 3 not shown");
}

TEST_CASE("a fact that the handheld recorded and the file leaves out is named") {
    ToldParcel told;
    const auto before = told.head;
    told.hands(told.courier_reader, told.customer, told.courier);
    hide_last(told, before);
    CHECK(proof::check(told.file()).value().is_whole());
    const auto named = "fact 5 of handheld " + told.courier_reader.id.text() +
                       ", parcel.handover, is about this parcel and not in the file";
    CHECK(faults_of(checked(told, text_of(told))) == Faults{named + ": left out, or it came after the file was made"});
    const auto unsent = checked(told, text_of(told, false));
    CHECK(faults_of(unsent) == Faults{});
    CHECK(unsent.notes == Faults{named + ": it had not been sent yet"});
}

TEST_CASE("facts between two links that do not chain are named") {
    ToldParcel told;
    told.recorded.push_back(told.courier_reader.scan());
    told.courier_reader.last = core::Hash{{3}};
    told.recorded.push_back(told.courier_reader.scan());
    told.hands(told.courier_reader, told.customer, told.courier);
    CHECK(faults_of(checked(told, text_of(told))) == Faults{"5: the chain since link 4 breaks at fact 6"});
    CHECK(proof::check(told.file()).value().is_whole());  // nobody can tell without the handheld's file
}

TEST_CASE("a handheld's file of a stranger proves nothing") {
    const ToldParcel told;
    const auto stranger = crypto::SigningKey::generate();
    const auto foreign = handheld_file(told.courier_reader, stranger, pem_of(told), told.recorded);
    CHECK(faults_of(checked(told, foreign)) ==
          Faults{"the handheld's file of " + told.courier_reader.id.text() +
                 ": the certificate names another key than the one that signed it"});
}

TEST_CASE("a handheld's file that was changed, cut or is another thing is refused") {
    const ToldParcel told;
    const auto text = text_of(told);
    CHECK(proof::open_handheld_file(text).value().facts.size() == 4);
    const auto second = text.find('\n') + 1, third = text.find('\n', second) + 1;
    CHECK(!proof::open_handheld_file(text.substr(0, second) + text.substr(third)).ok());
    CHECK(!proof::open_handheld_file(text.substr(0, text.rfind('\n', text.size() - 2) + 1)).ok());
    for (std::size_t at = 0; at < text.size(); at += 5) {
        auto changed = text;
        changed[at] = changed[at] == 'a' ? 'b' : 'a';
        const auto opened = proof::open_handheld_file(changed);
        // Only the sum beside the signature may differ: the signature is over the lines themselves.
        if (opened.ok()) CHECK_MESSAGE(at > text.rfind("{\"facts\""), "byte " << at << " may be changed");
    }
    for (const auto* bad : {"", "\n", "\n\n", "{}\n{}\n", "[1]\n[2]\n", "nonsense", "{\"format\":1}\n{}\n"})
        CHECK(!proof::open_handheld_file(bad).ok());
}
