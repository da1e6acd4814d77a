// The table of embedded pages: ordered, complete, and found by exact path only.
#include "hub/net/assets.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

namespace assets = attune::net::assets;

TEST_CASE("every embedded page is found by its own path, and by no other") {
    const auto table = assets::all();
    CHECK(std::ranges::is_sorted(table, {}, &assets::Asset::path));
    for (const auto& asset : table) {
        INFO(asset.path);
        CHECK(assets::find(asset.path) == &asset);
        CHECK(assets::find(std::string{asset.path} + "x") == nullptr);
        CHECK(assets::find(asset.path.substr(1)) == nullptr);
        CHECK(asset.path.front() == '/');
        CHECK_FALSE(asset.content_type.empty());
        CHECK(asset.etag.size() > 10);
        CHECK((asset.gzip_bytes.empty() || asset.gzip_bytes.size() < asset.bytes.size()));
        CHECK((asset.gzip_bytes.empty() || asset.gzip_bytes.starts_with("\x1f\x8b")));
    }
    CHECK(assets::find("") == nullptr);
    CHECK(assets::find("/../etc/passwd") == nullptr);
}
