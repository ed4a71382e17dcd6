import type { Danger } from './danger-words.ts'

/**
 * A rule is concepts seen near each other, the event first. `+` joins them, `|` offers a choice, `-` names what
 * beside the event makes it harmless. Grades: `sure` survives everyday context, `likely` does not.
 */
export type Rule = { event: string[]; others: string[][]; harmless: string[]; danger: Danger; sure: boolean }

export const rules: Rule[] = [
  ...rulesOf('life', true, [
    'lying + ground + elder|self|person|daysLong - things|chronic|belongings', 'acute + elder|self|person|sick', 'doctorNow - routine', 'pulseGone', 'took + pills + child', 'unseen + daysLong', 'unseen + elder', 'storm + stranded', 'left + undressed', 'lifeTired - livePlace',
    'unconscious', 'inert + elder|person|self - offices', 'breathless - routine', 'blue', 'choking - pets', 'reading',
    'heart + pain|press|racing + strong|shaking|breathless - routine', 'chest + pain|press + bodySide|shaking|breathless|now|strong - routine',
    'stroke + event|face|speechLost|numb', 'droop + face', 'speechLost + sudden|face|numb|elder - things',
    'numb + bodySide + sudden|face|speechLost|elder', 'fell + cantRise - things', 'fell + unconscious', 'cantRise + injured|pain',
    'fell + bodyPart + injured - things', 'fall112', 'fracture - past', 'seizure + elder|person|now|nonstop|event',
    'bleeding - lab', 'burn - pets', 'poison', 'took + pills + pillsMany - conditional', 'allergy', 'drowned',
    'hitByCar - ransom', 'electrocuted', 'dying - joke|pets|conditional', 'dead + dying', 'left + notBack + elder|dementia - belongings', 'sugarTrouble + shaking|confused|unconscious|dizzy', 'unwell + shaking|dizzy|now', 'birth',
    'gas + smell', 'carbon', 'gas + leak + smell|home|now', 'fire - device', 'burning - device', 'firemen',
    'freezing - pipes|offices', 'suicidal - livePlace', 'missing + elder|lostSelf - belongings', 'trapped', 'ambulance', 'saveMe - savesThings',
    'silent + elder + daysLong|alarmed|inert - offices',
  ]),
  ...rulesOf('life', false, [
    'breathless', 'heart + pain|press|racing', 'chest + pain|press', 'stroke', 'seizure', 'numb + bodySide', 'speechLost',
    'confused + elder|person|feverWords|sudden', 'dizzy + fell', 'fell + elder|self|person - things', 'fell + fallPlace|bodyPart|now|pain - things',
    'cantRise - chronic', 'fracture', 'worse + veryBad + elder|person|self', 'unwell - badAt', 'searching + elder + missing|daysLong|left - belongings|routine', 'vomit + nonstop|bleeding', 'notEating + daysLong',
    'notEating + elder + shaking', 'sting', 'eyeLoss', 'headBurst', 'belly + unbearable', 'acute', 'stoveFumes + sick', 'pain + unbearable', 'coldHome + noHeat', 'noHeat + severeCold',
    'home + severeCold + coldHome', 'gas + leak', 'silent + elder - offices', 'lostSelf', 'missing + person + daysLong|alarmed|helpless - belongings',
    'dead + home|now|event',
  ]),
  ...rulesOf('abuse', true, [
    'beat + aggressor + victim|self - device|beatIdiom', 'handRaised + aggressor|victim|self - fine', 'gave + money + stranger|fraudster|caller|impostor', 'hackedTalk + secret + asks', 'impostor + money|secret + asks|caller|gave', 'threaten + aggressor|victim|self - offices', 'kill + victim|self|aggressor', 'locked + victim|aggressor|self - belongings', 'starve',
    'afraid + homeGo - fell', 'afraid + aggressor + home|beat|threaten|humiliate', 'take + money + aggressor', 'robbed', 'gaveAway + fraudster|caller|secret', 'caller + secret + asks',
    'fraudster + money|secret', 'stolenOnline', 'policeCall', 'relativeTrouble + accident + ransom', 'humiliate + aggressor + victim|beat|threaten',
  ]),
  ...rulesOf('abuse', false, [
    'beat + victim|self - beatIdiom', 'beat + aggressor - beatIdiom|device', 'impostor + money|secret', 'take + money + victim|self', 'take + money', 'caller + secret', 'fraudster', 'locked', 'humiliate + aggressor', 'guardAbuse + beat|take|humiliate',
  ]),
]

function rulesOf(danger: Danger, sure: boolean, lines: string[]): Rule[] {
  return lines.map(line => {
    const [needs = '', ...harmless] = line.split(' - ')
    const [event = [], ...others] = needs.split(' + ').map(choice => choice.trim().split('|'))
    return { event, others, harmless: harmless.flatMap(choice => choice.trim().split('|')), danger, sure }
  })
}
