/** Words of the page of a film, besides those in `words.job`. */
export const film = {
  change: "Change",
  changeOf: (shot: string) => `Change shot ${shot}`,
  title: (shot: string) => `Shot ${shot}`,
  close: "Leave it as it is",
  reading: "One moment …",
  text: "What it shows",
  textHint: "Instead of the script's words. What is said stays.",
  take: "Take",
  takeHint: "A number: the same one gives the same picture. Empty keeps the present take.",
  another: "Another take",
  size: "Size",
  sizes: [
    { id: "EWS", name: "Very wide" },
    { id: "WS", name: "Wide" },
    { id: "FS", name: "Full figure" },
    { id: "MS", name: "Waist up" },
    { id: "MCU", name: "Chest up" },
    { id: "CU", name: "Close" },
    { id: "ECU", name: "Very close" },
  ],
  move: "Camera",
  moves: [
    { id: "static", name: "Stands still" },
    { id: "push_in", name: "Pushes in" },
    { id: "pull_out", name: "Pulls out" },
    { id: "pan_left", name: "Pans left" },
    { id: "pan_right", name: "Pans right" },
    { id: "tilt_up", name: "Tilts up" },
    { id: "tilt_down", name: "Tilts down" },
  ],
  length: "Length in seconds",
  lengthWrong: "A number of seconds above 0, up to 600.",
  takeWrong: "A whole number from 0.",
  nothing: "Nothing is changed yet. Say what shall be otherwise, and here stands what it costs.",
  asking: "Working out what it costs …",
  redraws: (shots: number, seconds: string) =>
    shots === 0
      ? "No picture is drawn anew."
      : `${shots === 1 ? "1 shot is" : `${shots} shots are`} made anew, ${seconds} of the film.`,
  waits: "It is changed before anything is drawn.",
  costs: "It costs",
  setAside: (credits: number) => `${credits === 1 ? "1 credit is" : `${credits} credits are`} set aside for the whole film.`,
  make: "Change it",
  making: "Being changed …",
  elsewhere: "This film was changed in another window meanwhile. Nothing of yours was lost and nothing was changed.",
  look: "Look at it as it is now",
  notNow: "This film cannot be changed just now: wait until it is finished, or asks for you. What you wrote stays here.",
  otherTake: "Try another take",
  undrawn: "It has no picture",

  decidedElsewhere:
    "This was decided in another window meanwhile, and nothing was done twice. Here stands how the film is now.",

  refund: (credits: number) =>
    credits === 0
      ? "Nothing is set aside for it, so nothing is lost."
      : `The ${credits === 1 ? "1 credit" : `${credits} credits`} set aside for it ${credits === 1 ? "is" : "are"} yours again, in full.`,
  refunded: (credits: number) =>
    `${credits === 1 ? "1 credit that was" : `${credits} credits that were`} set aside for it ${credits === 1 ? "is" : "are"} yours again.`,
  refundAsking: "Looking up what comes back …",
  kept: "What is drawn already is kept for the next time.",

  /** Why a shot waits, by the name that the API gives to what went wrong. */
  parked: {
    ShotFailed: "Its picture could not be made, although it was tried three times. Trying again, or another take, often helps.",
    RenderRefused: "Its pictures were not fit to be shown. Another take, or other words for what it shows, often helps.",
    PictureRefused: "No take of its picture was good enough to be shown. Say in other words what it shows.",
    GpuOutOfMemory: "Its picture was too large for the machines that are free. Try again later.",
    WorkerLost: "The machine that drew it gave out, several times over. Other words for what it shows may help.",
  } as Record<string, string>,
  parkedElse: "Its picture could not be made. Try again, or say in other words what it shows.",
  parkedTold: (message: string) => `What the machine said, should you report it: ${message}`,

  /** What a writer can do about it, by the name that the API gives to what went wrong. */
  advice: {
    InvalidScript: "Open the script, put right what is said above, and make the film again.",
    InvalidRequest: "Choose otherwise on the script's page, and make the film again.",
    InvalidSound: "Take another recording, or make the film without it.",
    ModelRefused: "Another look may do. Whoever runs this studio has to see to the model.",
    GpuOutOfMemory: "The picture was too large for the machine. A smaller frame will do.",
    PictureRefused: "No take of this picture was good enough to be shown. Say in other words what it shows.",
    DialogueLost: "The film would not have said all that your script says, so it was not handed over. Please report it.",
    RenderRefused: "What was made was not fit to be seen. Making it again often helps.",
    ShotFailed: "A picture could not be made. Making it again often helps.",
    SegmentFailed: "A stretch of the film could not be put together. Making it again often helps.",
    EncoderFailed: "A stretch of the film could not be put together. Making it again often helps.",
    WorkerLost: "The machine that drew it gave out several times. Other words for that shot may help.",
    ProcessDied: "The machine that drew it gave out. Making it again often helps.",
    StorageFull: "The studio has run out of room. Try again later; nothing is wrong with your script.",
    ArtifactMissing: "Something that the film was made of has expired. Making it again draws it anew.",
    DependencyDown: "A part of the studio was away. Try again in a while; nothing is wrong with your script.",
    Refused: "A moderator has decided so. Change what they name, and hand it in again.",
  } as Record<string, string>,
  adviceElse: "Nothing is wrong with your script that we know of. Making it again often helps.",

  left: {
    soon: "It is ready at any moment.",
    seconds: "Less than a minute left.",
    minutes: (least: number, most: number) => `About ${span(least, most, "minute")} left.`,
    hours: (least: number, most: number) => `About ${span(least, most, "hour")} left.`,
  },
  soFarWatch: "Watch the film so far",
  soFarLeave: "Back to the pictures",
  soFarOf: (title: string) => `${title}, the film so far`,
  soFar: (seconds: string, all: string) => `${all ? `${seconds} of ${all}` : seconds} can be watched. Sound comes with the whole film.`,
  soFarStuck: "More of it cannot be fetched just now; it is asked for again.",
  soFarUnknown: "This browser does not know how this film is encoded. It can be watched when it is finished.",

  soFarOld: "The studio was renewed meanwhile. Load this page again, and watch on.",

  share: "Share the film",
  shareText: "Whoever has a link can watch the film without an account, until it ends or you take it back.",
  shareLasts: "A link works for",
  shareTerms: [
    { id: "1", name: "An hour" },
    { id: "24", name: "A day" },
    { id: "168", name: "A week" },
    { id: "720", name: "30 days" },
  ],
  shareCopied: (until: string) => `The link is copied. It works until ${until}.`,
  shareShown: (until: string) => `Copy the link; it works until ${until}.`,
  shareLink: (until: string) => `Link until ${until}`,
  shareCopy: "Copy",
  shareTaken: "Copied",
  shareEnds: (until: string) => `Until ${until}`,
  shareEnd: "Take it back",
  shareEndOf: (until: string) => `Take it back: the link until ${until}`,
  shareEndTitle: "Take this link back?",
  shareEndText: "It leads nowhere from then on. Whoever is watching just now may go on for up to a quarter of an hour.",
  shareKeep: "Leave it",
  versions: "Versions",
  version: (number: number) => `Version ${number + 1}`,
  current: "shown",
  restore: "Show this one",
  restoring: "One moment …",
};

function span(least: number, most: number, unit: string): string {
  return `${least === most ? "" : `${least} to `}${most} ${unit}${most === 1 ? "" : "s"}`;
}
