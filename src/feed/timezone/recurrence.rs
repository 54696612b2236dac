//! The day and time of a POSIX rule -> an RRULE that meets it in every year.

use tz::timezone::MonthWeekDay;

const DAY: i32 = 86_400;
const WEEKDAYS: [&str; 7] = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

/// The days before each month of a common year, and in the whole of it.
const DAYS_BEFORE: [i32; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/// The value of an RRULE for what happens every year `seconds` after the
/// midnight that `day` begins with. The hour is the one of DTSTART; `seconds`
/// below 0 or past a day's end make it another day.
pub fn rule(day: MonthWeekDay, seconds: i32) -> String {
    let shift = seconds.div_euclid(DAY);
    let is_last = day.week() == 5;
    let weekday = (i32::from(day.week_day()) + shift).rem_euclid(7);
    let weekday = WEEKDAYS[usize::try_from(weekday).unwrap_or_default()];
    if shift == 0 {
        let week = if is_last { -1 } else { i32::from(day.week()) };
        return format!("FREQ=YEARLY;BYMONTH={};BYDAY={week}{weekday}", day.month());
    }

    // "The last Sunday's eve" of Nuuk, "the fourth Thursday at 26:00" of
    // Jerusalem: the weekday that it is, among the seven days that it can be.
    let month = usize::from(day.month());
    let (begin, end) = (DAYS_BEFORE[month - 1], DAYS_BEFORE[month]);
    let length = end - begin;
    let unmoved = if is_last {
        length - 6
    } else {
        i32::from(day.week()) * 7 - 6
    };
    let days = unmoved + shift..=unmoved + shift + 6;
    // Where February ends depends on the year.
    let fixed_length = month != 2 || !is_last;
    if fixed_length && *days.start() >= 1 && *days.end() <= length {
        let days = list(days);
        return format!("FREQ=YEARLY;BYMONTH={month};BYDAY={weekday};BYMONTHDAY={days}");
    }

    // Cairo's "last Thursday of October at 24:00" is a Friday from 26 October
    // to 1 November. Counted from the year's end (-1), the days from the last
    // one of February on have the same number in every year; those before it
    // have it counted from the year's beginning (1). There is no day 0.
    let days = if is_last || month > 2 {
        list(
            days.map(|day| begin + day - 366)
                .map(|day| day + i32::from(day >= 0)),
        )
    } else {
        list(
            days.map(|day| begin + day)
                .map(|day| day - i32::from(day <= 0)),
        )
    };
    format!("FREQ=YEARLY;BYDAY={weekday};BYYEARDAY={days}")
}

fn list(days: impl Iterator<Item = i32>) -> String {
    let days: Vec<String> = days.map(|day| day.to_string()).collect();
    days.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(month: u8, week: u8, week_day: u8, hours: i32, expected: &str) {
        let day = MonthWeekDay::new(month, week, week_day).unwrap();
        assert_eq!(rule(day, hours * 3600), format!("FREQ=YEARLY;{expected}"));
    }

    #[test]
    fn a_time_within_the_day_is_a_weekday_of_a_month() {
        check(3, 5, 0, 2, "BYMONTH=3;BYDAY=-1SU");
        check(3, 2, 0, 2, "BYMONTH=3;BYDAY=2SU");
        check(10, 5, 0, 0, "BYMONTH=10;BYDAY=-1SU");
        check(4, 5, 5, 23, "BYMONTH=4;BYDAY=-1FR");
    }

    #[test]
    fn a_time_beyond_the_day_is_another_weekday_among_seven_days() {
        // Nuuk, Jerusalem, Gaza, Santiago.
        check(
            3,
            5,
            0,
            -1,
            "BYMONTH=3;BYDAY=SA;BYMONTHDAY=24,25,26,27,28,29,30",
        );
        check(
            3,
            4,
            4,
            26,
            "BYMONTH=3;BYDAY=FR;BYMONTHDAY=23,24,25,26,27,28,29",
        );
        check(
            10,
            4,
            4,
            50,
            "BYMONTH=10;BYDAY=SA;BYMONTHDAY=24,25,26,27,28,29,30",
        );
        check(9, 1, 6, 24, "BYMONTH=9;BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8");
        check(2, 1, 6, 24, "BYMONTH=2;BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8");
    }

    #[test]
    fn a_day_that_can_fall_into_two_months_is_counted_from_an_end_of_the_year() {
        // Cairo, then what no zone has so far.
        check(
            10,
            5,
            4,
            24,
            "BYDAY=FR;BYYEARDAY=-67,-66,-65,-64,-63,-62,-61",
        );
        check(
            2,
            5,
            0,
            24,
            "BYDAY=MO;BYYEARDAY=-312,-311,-310,-309,-308,-307,-306",
        );
        check(
            3,
            1,
            0,
            -1,
            "BYDAY=SA;BYYEARDAY=-307,-306,-305,-304,-303,-302,-301",
        );
        check(2, 1, 0, -1, "BYDAY=SA;BYYEARDAY=31,32,33,34,35,36,37");
        check(12, 5, 0, 24, "BYDAY=MO;BYYEARDAY=-6,-5,-4,-3,-2,-1,1");
        check(1, 1, 0, -1, "BYDAY=SA;BYYEARDAY=-1,1,2,3,4,5,6");
    }
}
