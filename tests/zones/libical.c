/* Local times on standard input -> their Unix times by a feed's VTIMEZONE, as
 * libical reads it (Evolution, KOrganizer). */
#include <libical/ical.h>
#include <stdio.h>

static char *line_of(char *buffer, size_t size, void *file) {
    return fgets(buffer, (int)size, file);
}

int main(int count, char **arguments) {
    FILE *file = count == 2 ? fopen(arguments[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: libical FEED\n");
        return 2;
    }
    icalparser *parser = icalparser_new();
    icalparser_set_gen_data(parser, file);
    icalcomponent *calendar = icalparser_parse(parser, line_of);
    icalcomponent *told =
        calendar ? icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT) : NULL;
    icaltimezone *zone = icaltimezone_new();
    if (told == NULL || !icaltimezone_set_component(zone, icalcomponent_new_clone(told))) {
        fprintf(stderr, "no VTIMEZONE is read\n");
        return 1;
    }
    char text[32];
    while (scanf("%31s", text) == 1) {
        icaltimetype local = icaltime_from_string(text);
        printf("%lld\n", (long long)icaltime_as_timet_with_zone(local, zone));
    }
    return 0;
}
