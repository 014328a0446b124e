#include "tests/shared/print/printed.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {
namespace {

std::string output_of(const std::vector<std::string>& argv) {
    Process process(argv);
    const auto code = process.wait(std::chrono::seconds{120});
    if (code != 0) throw std::runtime_error(argv[0] + ": " + process.output());
    return process.output();
}

void write(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

Pixels read_pgm(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    Pixels pixels;
    std::string magic;
    int white = 0;
    file >> magic >> pixels.width >> pixels.height >> white;
    file.get();
    pixels.gray.assign(std::istreambuf_iterator<char>(file), {});
    const auto size = static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.height);
    if (magic != "P5" || white != 255 || pixels.gray.size() != size)
        throw std::runtime_error("no PGM: " + path.string());
    return pixels;
}

}  // namespace

std::vector<Pixels> pages_of(const std::string& pdf) {
    const TempDir dir;
    write(dir.file("in.pdf"), pdf);
    output_of({"pdftoppm", "-r", "300", "-gray", dir.file("in.pdf"), dir.file("page")});
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(dir.path()))
        if (entry.path().extension() == ".pgm") files.insert(entry.path());
    std::vector<Pixels> pages;
    for (const auto& file : files) pages.push_back(read_pgm(file));
    return pages;
}

std::vector<std::vector<Word>> words_of(const std::string& pdf) {
    const TempDir dir;
    write(dir.file("in.pdf"), pdf);
    std::istringstream html(output_of({"pdftotext", "-bbox", dir.file("in.pdf"), "-"}));
    std::vector<std::vector<Word>> pages;
    for (std::string line; std::getline(html, line);) {
        if (line.find("<page ") != std::string::npos) pages.emplace_back();
        const auto at = line.find("<word ");
        if (at == std::string::npos) continue;
        Word word;
        if (std::sscanf(line.c_str() + at, R"(<word xMin="%lf" yMin="%lf" xMax="%lf" yMax="%lf">)", &word.left,
                        &word.top, &word.right, &word.bottom) != 4)
            throw std::runtime_error("no word: " + line);
        for (double* side : {&word.left, &word.top, &word.right, &word.bottom}) *side *= 25.4 / 72;
        const auto start = line.find('>', at) + 1;
        word.text = line.substr(start, line.find("</word>") - start);
        pages.back().push_back(word);
    }
    return pages;
}

std::string text_of(const std::string& pdf) {
    std::string text;
    for (const auto& page : words_of(pdf))
        for (const auto& word : page) text += word.text + " ";
    return text;
}

std::string facts_of(const std::string& pdf) {
    const TempDir dir;
    write(dir.file("in.pdf"), pdf);
    return output_of({"pdfinfo", "-isodates", dir.file("in.pdf")});
}

std::set<std::string> codes_of(const Pixels& pixels) {
    const TempDir dir;
    write(dir.file("in.pgm"), "P5\n" + std::to_string(pixels.width) + " " + std::to_string(pixels.height) + "\n255\n" +
                                  std::string(pixels.gray.begin(), pixels.gray.end()));
    std::istringstream lines(output_of({"zbarimg", "--quiet", "--nodbus", dir.file("in.pgm")}));
    std::set<std::string> codes;
    for (std::string line; std::getline(lines, line);) codes.insert(line);
    return codes;
}

int ink_on(const Pixels& page) {
    return static_cast<int>(std::count_if(page.gray.begin(), page.gray.end(), [](std::uint8_t g) { return g != 255; }));
}

int ink_in_margin(const Pixels& page, double mm) {
    return ink_on(page) - ink_in(page, {mm, mm, page.width / dots_per_mm - mm, page.height / dots_per_mm - mm});
}

int ink_in(const Pixels& page, const Area& area) {
    const auto pixel = [](double mm, int end) { return std::clamp(static_cast<int>(mm * dots_per_mm), 0, end); };
    int ink = 0;
    for (int y = pixel(area.top, page.height); y < pixel(area.bottom, page.height); ++y)
        for (int x = pixel(area.left, page.width); x < pixel(area.right, page.width); ++x)
            ink += page.gray[static_cast<std::size_t>(y * page.width + x)] != 255;
    return ink;
}

}  // namespace plus7::test
