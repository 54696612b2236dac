# Built on the official Debian-based image. The result holds one static binary
# and nothing else: no shell, no libraries, no files to keep up to date.
FROM rust:1-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY benches benches
COPY src src
COPY data data
# Naming the target keeps the flag away from the build scripts, which cannot
# be linked statically. glibc stays: the program gives memory back through it.
RUN target="$(rustc -vV | sed -n 's/^host: //p')" \
 && RUSTFLAGS="-C target-feature=+crt-static" \
    cargo build --release --locked --bin spotkajmy --target "$target" \
 && mkdir -p /image/schedule \
 && cp "target/$target/release/spotkajmy" /image/spotkajmy

FROM scratch
COPY --from=build --chown=65532:65532 /image /
USER 65532:65532
# Without a schedule of your own it serves the embedded one. Mount yours at
# /schedule and set SPOTKAJMY_SCHEDULE=/schedule/schedule.yaml.
ENV SPOTKAJMY_LISTEN=0.0.0.0:8080 SPOTKAJMY_ADMIN_LISTEN=0.0.0.0:8081
EXPOSE 8080 8081
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/spotkajmy", "health"]
ENTRYPOINT ["/spotkajmy"]
