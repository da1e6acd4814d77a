// Which files count is as hub/net has it: the given pair, or the site's own in the state folder.
#include "hub/daemon/certificates.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "hub/daemon/json.hpp"
#include "hub/daemon/links.hpp"
#include "hub/net/certificate_end.hpp"
#include "hub/net/site_ca.hpp"

namespace attune::daemon {

namespace {

std::string day(std::chrono::system_clock::time_point at) {
    return fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

std::string sentence_of(const CertificateState& certificate) {
    const std::string when = fmt::format("{} {}", certificate.ended ? "ended on" : "ends on", day(certificate.ends));
    if (certificate.what == "given")
        return fmt::format("The certificate {} {}, and devices refuse the hub from then on. Put a new one and its key in their place: the hub "
                           "takes them within the hour.",
                           certificate.file.string(), when);
    if (certificate.what == "hub")
        return fmt::format("The hub's certificate {} and was not renewed. Start the hub anew, which renews it; where it cannot, its log says why.", when);
    return fmt::format("The site's certificate authority {} {}, and devices refuse the hub from then on. When no call is likely: stop the hub, move the "
                       "folder {} away, start the hub, and install the new /ca.crt on every device.",
                       certificate.file.string(), when, certificate.file.parent_path().string());
}

}  // namespace

std::vector<CertificateState> certificates(const Config& config, std::chrono::system_clock::time_point now) {
    std::vector<CertificateState> all;
    if (!base_url(config).starts_with("https:")) return all;
    const auto add = [&](const char* what, const std::filesystem::path& file) {
        const auto ends = net::certificate_end(file);
        if (!ends) return;
        CertificateState found{what, file, *ends, *ends - now < net::renew_days, *ends <= now, {}};
        if (found.ending) found.sentence = sentence_of(found);
        all.push_back(std::move(found));
    };
    if (!config.tls_certificate.empty()) {
        add("given", config.tls_certificate);
    } else {
        add("hub", net::leaf_file(config.tls_folder()));
        add("site_ca", net::authority_file(config.tls_folder()));
    }
    return all;
}

std::string certificates_json(const std::vector<CertificateState>& all) {
    std::string out;
    for (const auto& one : all)
        out += fmt::format(R"({}{{"certificate":"{}","file":{},"ends":"{}","ending":{},"message":{}}})", out.empty() ? "" : ",", one.what,
                           json_text(one.file.string()), day(one.ends), one.ending, json_text(one.sentence));
    return "[" + out + "]";
}

}  // namespace attune::daemon
