/* Feeds named on the command line -> what libical (Evolution, KOrganizer)
 * reads in them, a JSON object a line; whatever its own check of RFC 5546's and
 * RFC 5545's restrictions finds goes into "faults". */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *line_of(char *buffer, size_t size, void *file) {
    return fgets(buffer, (int)size, file);
}

static void print_string(const char *text) {
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)(text ? text : ""); *at; at++) {
        if (*at == '"' || *at == '\\')
            printf("\\%c", *at);
        else if (*at < 0x20)
            printf("\\u%04x", *at);
        else
            putchar(*at);
    }
    putchar('"');
}

static void print_text(const char *name, const char *text) {
    printf(", \"%s\": ", name);
    print_string(text);
}

/* The instant by the feed's own VTIMEZONE, or -1 where it has none. */
static long long instant(icalcomponent *calendar, icalproperty *property) {
    icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    icaltimezone *zone =
        tzid ? icalcomponent_get_timezone(calendar, icalparameter_get_tzid(tzid)) : NULL;
    if (zone == NULL)
        return -1;
    icaltimetype time = icalvalue_get_datetime(icalproperty_get_value(property));
    return (long long)icaltime_as_timet_with_zone(time, zone);
}

/* The errors that the parser or the check has written into a component. */
static void print_faults(icalcomponent *component, int *count) {
    icalproperty *error = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; error; error = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        printf((*count)++ ? ", " : "");
        print_string(icalproperty_get_xlicerror(error));
    }
    icalcomponent *inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; inner; inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        print_faults(inner, count);
}

int main(int count, char **arguments) {
    for (int index = 1; index < count; index++) {
        FILE *file = fopen(arguments[index], "r");
        if (file == NULL) {
            perror(arguments[index]);
            return 2;
        }
        icalparser *parser = icalparser_new();
        icalparser_set_gen_data(parser, file);
        icalcomponent *calendar = icalparser_parse(parser, line_of);
        fclose(file);
        if (calendar == NULL || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
            fprintf(stderr, "%s: not one VCALENDAR\n", arguments[index]);
            return 1;
        }
        printf("{\"events\": [");
        int first = 1;
        icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
        for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
            printf(first ? "{" : ", {");
            first = 0;
            printf("\"start\": %lld",
                   instant(calendar, icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY)));
            printf(", \"end\": %lld",
                   instant(calendar, icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY)));
            printf(", \"sequence\": %d", icalcomponent_get_sequence(event));
            print_text("uid", icalcomponent_get_uid(event));
            print_text("summary", icalcomponent_get_summary(event));
            print_text("description", icalcomponent_get_description(event));
            print_text("location", icalcomponent_get_location(event));
            print_text("status", icalproperty_status_to_string(icalcomponent_get_status(event)));
            printf("}");
        }
        printf("], \"faults\": [");
        /* It writes what it finds into the components, beside its answer. */
        int valid = icalrestriction_check(calendar);
        int faults = 0;
        print_faults(calendar, &faults);
        if (!valid && faults == 0)
            printf("\"the restriction check failed\"");
        printf("]}\n");
        icalcomponent_free(calendar);
        icalparser_free(parser);
    }
    return 0;
}
