// Constants of the column physics that theory leaves open, fixed once so that Earth comes out right and never per world.
// Sources in brackets: BO Byrne & O'Gorman 2013, SP SPEEDY (Kucharski et al. 2013), FR Frierson 2007, MB Manabe 1969.

export type Tuning = typeof earthTuning;

export const earthTuning = {
  /** Infrared optical depth of the whole air, dry, and per unit of humidity [BO 0.87, 1998: calibrated]. */
  opacityDry: 1.05,
  opacityVapour: 1300,
  /** Of a layer full of cloud. */
  opacityCloud: 0.3,
  /** Share of infrared light that no gas takes. */
  window: 0.12,
  /** Sunlight taken in by clear dry air, by √(vapour/25 kg/m²), and by cloud: near a fifth of what comes in, of Earth's 23 % (Wild et al. 2015). */
  absorbedDry: 0.17,
  absorbedVapour: 0.055,
  absorbedCloud: 0.02,
  /** Sunlight thrown back by a full cover [SP 0.43]. The one knob that was fitted to Earth's mean temperature. */
  cloudAlbedo: 0.405,
  /** Relative humidity where cloud begins. */
  cloudFrom: 0.65,
  /** Cover of showers per √(mm/day). */
  showerCloud: 0.13,
  albedoSea: 0.07,
  albedoLand: 0.2,
  albedoDry: 0.12,
  /** Of snow among trees or melting, and of deep dry snow (Wiscombe & Warren 1980: 0.8 … 0.85). */
  albedoSnow: 0.55,
  albedoFirn: 0.78,
  albedoIce: 0.45,
  albedoColdIce: 0.53,
  /**
   * Exchange of heat and of momentum with the ground [SP 0.9e-3 … 2.4e-3]. The wind is that of a layer of 1.5 km; at 10 m it is three
   * quarters of it, so that the drag of 1.3e-3 on the wind at 10 m is 0.75e-3 on it.
   */
  exchangeSea: 1.1e-3,
  exchangeLand: 1.5e-3,
  dragSea: 0.75e-3,
  dragLand: 3e-3,
  /** m/s of gusts in a calm [SP 5]. */
  gust: 4,
  /** Soil [MB 150 kg/m²]; J/m²/K and W/m²/K. */
  soilMax: 150,
  skinHeat: 2.2e5,
  soilHeat: 3.6e6,
  soilConduction: 5,
  snowMax: 3000,
  /** The sea's upper layer, m, and the exchange that stands for its currents, m²/s. */
  seaDepthM: 50,
  seaMixing: 1.2e5,
  /** Heat through ice, W/m/K. */
  iceConduction: 2,
  /** Convection: s, relative humidity [FR 7200, 0.8]; condensation: relative humidity, s. */
  convectionS: 10_800,
  convectionHumidity: 0.7,
  condensationHumidity: 0.95,
  condensationS: 3600,
  /** Days in which the lowest two layers share their moisture, and in which 6 mm/day of showers mix the wind. */
  vapourMixingDays: 0.6,
  showerMixingDays: 1,
  /** Damping of the smallest waves: h; the diverging ones faster by the factor. */
  dampingH: 6,
  divergenceFactor: 2,
  /** Share of the damped energy that goes back to the larger eddies (Jansen & Held 2014). */
  backscatter: 0.7,
  topFrictionDays: 200,
} as const satisfies Record<string, number>;

export type TuningValues = { readonly [name in keyof Tuning]: number };
